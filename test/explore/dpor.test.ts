import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/index.js';
import { exploreTraces } from '../kit/brute.js';
import { act, atomic, program, thread, times, W } from '../kit/build.js';
import { search } from '../kit/compare/agreement.js';
import { compareDpor } from '../kit/compare/dpor.js';
import { fib, known } from '../kit/known.js';
import { everyPermutation, permuteThreads } from '../kit/permute.js';
import type { Instruction, Program } from '../kit/program.js';

const dpor = (program: Program): Report => search(program, { strategy: 'dpor' }).report;

/** Threads a, b, … of so many steps, which conflict only where it says so: each pair writes a variable of its own. */
function conflicting(lengths: readonly number[], pairs: string): Program {
  const names = pairs.split(' ');
  const threads = lengths.map((length, i) => {
    const name = 'abcdef'.charAt(i);
    const steps = times(length, (k): Instruction => {
      const own = names.filter((pair) => pair.split('-').includes(`${name}${k + 1}`));
      return { op: 'step', then: own.map((pair) => ({ write: pair, value: i + 1 })) };
    });
    return thread(name, ...steps);
  });
  return program(
    pairs,
    names.map((pair) => atomic(pair)),
    threads,
  );
}

/** Fails where x was written, and y was not. */
const yFirst: NonNullable<Program['invariants']>[number] = {
  name: 'y first',
  condition: {
    any: [
      { variable: 'x', is: '!=', than: 1 },
      { variable: 'y', is: '!=', than: 0 },
    ],
  },
};

describe('dpor', () => {
  it.each(known().map((entry) => [entry.program.name, entry] as const))(
    'should explore one execution of each trace of %s',
    (_name, { program, traces, deadlocks, failing }) => {
      expect(dpor(program)).toMatchObject({
        executions: traces,
        redundant: 0,
        complete: true,
        ...(deadlocks === undefined ? {} : { deadlocks }),
        ...(failing === undefined ? {} : { failing }),
      });
    },
  );

  it.each([1, 2, 3, 4])('should explore as many traces of fib(%i) as brute force', (k) => {
    const summed = fib(k);
    const brute = exploreTraces(summed);
    if (brute === 'too large') throw new Error(`fib(${k}) is too large`);
    expect(dpor(summed)).toMatchObject({ executions: brute.traces, redundant: 0 });
  });

  // Where an execution has a new end, races of its repeated part are reversed again if some step of that end, not only the first, does
  // not happen after the earlier step of the race, seen or not by the clocks of the others. Each of these has a trace that nothing else leads to.
  it.each([
    [16, [1, 1, 1, 2, 1], 'a1-d1 b1-c1 c1-d2 d1-e1'],
    [48, [1, 1, 2, 1, 1, 2], 'a1-d1 a1-f1 b1-e1 c1-f2 c2-f1 e1-f1'],
    [192, [1, 2, 2, 2, 2, 1], 'a1-c1 a1-c2 b1-e1 b2-c1 b2-d1 b2-e2 c1-f1 c2-d2'],
    [114, [1, 2, 2, 1, 2], 'a1-b1 a1-c2 a1-e1 a1-e2 d1-b2 b1-c1 b1-e2 b2-c2'],
  ])('should explore all %d traces of threads of %j steps with conflicts %s', (traces, ...made) => {
    const straight = conflicting(...made);
    expect(exploreTraces(straight)).toMatchObject({ traces });
    expect(dpor(straight)).toMatchObject({ executions: traces, redundant: 0, complete: true });
  });

  it('should begin afresh where an invariant looks at something that was written before', () => {
    const late = program(
      'late',
      [atomic('x'), atomic('y')],
      [thread('b', W('y')), thread('a', W('x'))],
      { invariants: [yFirst] },
    );
    expect(dpor(late)).toMatchObject({ executions: 2, failing: 1, complete: true });
  });

  const small = known().filter(
    ({ program, traces }) => program.threads.length <= 4 && traces <= 100,
  );
  it.each(small.map((entry) => [entry.program.name, entry] as const))(
    'should explore as many in every order of creation of %s',
    (_name, { program, traces }) => {
      for (const permutation of everyPermutation(program.threads.length)) {
        const report = dpor(permuteThreads(program, permutation));
        expect(report, permutation.join()).toMatchObject({ executions: traces, redundant: 0 });
      }
    },
  );
});

describe('dpor within bounds', () => {
  const bounded = known().flatMap((entry) =>
    entry.tracesWithin === undefined
      ? []
      : [[entry.program.name, entry.program, entry.tracesWithin] as const],
  );
  it.each(bounded)('should explore as many traces of %s as are known', (_name, what, within) => {
    within.forEach((traces, preemptions) => {
      const { report } = search(what, { strategy: 'dpor', preemptions });
      expect(report).toMatchObject({ executions: traces, complete: true });
    });
  });

  it('should stop where it was before', () => {
    const [apart] = known().filter(({ program }) => program.name === 'independent(4)');
    const { report } = search(apart?.program as Program, { strategy: 'dpor', preemptions: 8 });
    expect(report).toMatchObject({ executions: 1, complete: true });
    // Of 2520 interleavings.
    expect(report.redundant).toBeLessThanOrEqual(266);
  });

  it('should tell prefixes apart by the invariants that failed on the way', () => {
    // Both orders of the writes end in the same state, but the invariant fails in one of them only.
    const stuck = program(
      'stuck',
      [atomic('x'), atomic('y'), { kind: 'event', name: 'never' }],
      [
        thread('a', W('x')),
        thread('b', W('y')),
        thread('c', { op: 'join', on: 'a' }, { op: 'join', on: 'b' }, act('event.wait', 'never')),
      ],
      { invariants: [yFirst] },
    );
    expect(compareDpor(stuck)).toMatchObject({ kind: 'agree' });
    const { report } = search(stuck, { strategy: 'dpor', preemptions: 2 });
    expect(report).toMatchObject({ executions: 2, failing: 2, deadlocks: 2 });
  });
});

describe('dfs', () => {
  const dfs = (program: Program, bound: { preemptions?: number; delays?: number }): Report =>
    search(program, { strategy: 'dfs', ...bound }).report;

  const interleaved = known().filter(({ interleavings = Infinity }) => interleavings <= 10_000);
  it.each(interleaved.map((entry) => [entry.program.name, entry] as const))(
    'should explore every interleaving of %s',
    (_name, { program, interleavings }) => {
      expect(dfs(program, {})).toMatchObject({ executions: interleavings, complete: true });
    },
  );

  const bounded = known().filter(
    ({ schedulesWithin, delaysWithin }) => schedulesWithin ?? delaysWithin,
  );
  it.each(bounded.map((entry) => [entry.program.name, entry] as const))(
    'should explore as many schedules of %s within bounds as are known',
    (_name, { program, schedulesWithin = [], delaysWithin = [] }) => {
      schedulesWithin.forEach((schedules, preemptions) => {
        expect(dfs(program, { preemptions }).executions).toBe(schedules);
      });
      delaysWithin.forEach((schedules, delays) => {
        expect(dfs(program, { delays }).executions).toBe(schedules);
      });
    },
  );
});
