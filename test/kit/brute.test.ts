import { describe, expect, it } from 'vitest';
import { cumulative, exploreInterleavings, exploreTraces, type Result } from './brute.js';
import { type Known, known } from './known.js';
import { everyPermutation, permuteThreads } from './permute.js';
import type { Program } from './program.js';

function mustExplore(program: Program, schedules = true): Result {
  const result = exploreTraces(program, { schedules });
  if (result === 'too large') throw new Error(`${program.name} is too large`);
  return result;
}

function expectNumbers(entry: Known, result: Result): void {
  const { tracesWithin, schedulesWithin, delaysWithin } = entry;
  expect(result.traces).toBe(entry.traces);
  if (entry.deadlocks !== undefined) expect(result.deadlocks).toBe(entry.deadlocks);
  if (entry.failing !== undefined) expect(result.failing).toBe(entry.failing);
  if (entry.interleavings !== undefined) expect(result.interleavings).toBe(entry.interleavings);
  if (entry.walkFails !== undefined) expect(result.walkFails).toBeCloseTo(entry.walkFails, 6);
  const begin = (counts: readonly number[] | undefined, like: readonly number[]): number[] =>
    cumulative(counts ?? []).slice(0, like.length);
  if (tracesWithin) expect(begin(result.tracesByPreemptions, tracesWithin)).toEqual(tracesWithin);
  if (schedulesWithin) {
    expect(begin(result.schedulesByPreemptions, schedulesWithin)).toEqual(schedulesWithin);
  }
  if (delaysWithin) expect(begin(result.schedulesByDelays, delaysWithin)).toEqual(delaysWithin);
}

describe('exploreTraces', () => {
  it.each(known().map((entry) => [entry.program.name, entry] as const))(
    'should find the known numbers of %s',
    (_name, entry) => {
      expectNumbers(entry, mustExplore(entry.program));
    },
  );

  it('should not depend on the order in which threads are created', () => {
    for (const { program } of known().filter((entry) => entry.program.threads.length <= 4)) {
      const { traces, deadlocks, failing, interleavings } = mustExplore(program, false);
      for (const permutation of everyPermutation(program.threads.length)) {
        const permuted = mustExplore(permuteThreads(program, permutation), false);
        expect(permuted).toMatchObject({ traces, deadlocks, failing, interleavings });
      }
    }
  });
});

describe('exploreInterleavings', () => {
  it('should agree with exploreTraces on the known programs', () => {
    for (const { program } of known()) {
      const plain = exploreInterleavings(program, { schedules: true, limit: 6000 });
      if (plain === 'too large') continue;
      const { walkFails, ...rest } = plain;
      const { walkFails: expected, ...others } = mustExplore(program);
      expect(rest).toEqual(others);
      expect(walkFails).toBeCloseTo(expected, 9);
    }
  });
});
