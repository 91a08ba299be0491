import { describe, expect, it } from 'vitest';
import { Mode } from '../../src/engine/footprint.js';
import { restoreTrees, saveTrees } from '../../src/explore/dpor/checkpoint.js';
import type { WakeupNode } from '../../src/explore/dpor/wakeup.js';
import { explore, search } from '../../src/explore/explore.js';
import type { ExploreOptions } from '../../src/explore/options.js';
import { pathDiffers } from '../../src/explore/path.js';
import type { Report } from '../../src/explore/report.js';
import type { SavedSearch } from '../../src/explore/saved.js';
import { type Scenario, scenario } from '../../src/index.js';
import { generateProgram, profiles } from '../kit/generate.js';
import { toScenario } from '../kit/scenario.js';

/** All that does not depend on the machine. */
function text({ elapsedMs: _, ...rest }: Report): string {
  return JSON.stringify(rest, null, 1);
}

/** Explores with an interruption after every so many executions, each time as if in a new process. */
function inPieces(example: Scenario, options: ExploreOptions, size: number): [Report, number] {
  let saved: SavedSearch | undefined;
  for (let pieces = 1; ; pieces++) {
    const { report, save } = search(example, { ...options, maxExecutions: size }, saved);
    if (save === undefined) return [report, pieces];
    saved = JSON.parse(JSON.stringify(save())) as SavedSearch;
  }
}

const searches: readonly [name: string, options: ExploreOptions][] = [
  ['dpor', { strategy: 'dpor', stopAfter: Infinity }],
  ['dpor up to the first failure', { strategy: 'dpor' }],
  ['dpor with a bound', { strategy: 'dpor', preemptions: 2, stopAfter: Infinity }],
  ['dfs', { strategy: 'dfs', stopAfter: 3 }],
  ['dfs with bounds', { strategy: 'dfs', preemptions: 1, delays: 3, stopAfter: Infinity }],
];

describe.each(searches)('%s in pieces', (_name, given) => {
  const options = { ...given, seed: 0 };

  it('should find the same as without interruption', () => {
    let interrupted = 0;
    for (const profile of profiles) {
      for (let index = 0; index < 3; index++) {
        const example = toScenario(generateProgram(17, index, profile, 0.6));
        const whole = search(example, { ...options, maxExecutions: 80 });
        if (whole.save !== undefined) continue;
        for (const size of [1, 5]) {
          const [report, pieces] = inPieces(example, options, size);
          expect(text(report), `${example.name}, by ${size}`).toBe(text(whole.report));
          interrupted += pieces - 1;
        }
      }
    }
    expect(interrupted).toBeGreaterThan(100);
  });
});

describe('searches that are rarely told apart', () => {
  // Here a race of the repeated part is reversed once more, because the execution goes on otherwise.
  it.each([
    ['spawn', 324],
    ['step', 341],
  ] as const)('should find the same in program %s %d', (profile, index) => {
    const example = toScenario(generateProgram(31, index, profile, 1.3));
    const options = { seed: 0, stopAfter: Infinity };
    const [report] = inPieces(example, options, 1);
    expect(text(report)).toBe(text(explore(example, options)));
  });

  it('should remember that an execution reached the limit of steps', () => {
    const spins = scenario('spins', (sim) => {
      const x = sim.atomic('x', 0);
      sim.thread('A', function* () {
        while ((yield* x.load()) === 0);
      });
      sim.thread('B', function* () {
        yield* x.store(1);
      });
    });
    const options = { seed: 0, stopAfter: Infinity, maxSteps: 12 };
    const whole = explore(spins, options);
    expect(whole).toMatchObject({ complete: false, violations: [{ kind: 'livelock' }] });
    expect(text(inPieces(spins, options, 1)[0])).toBe(text(whole));
  });
});

describe('a saved search', () => {
  const example = toScenario(generateProgram(17, 0, 'locks'));
  const options = { seed: 0, stopAfter: Infinity };

  it('should give the same each time it is gone on with', () => {
    const saved = search(example, { ...options, maxExecutions: 3 }).save?.();
    const ends = [0, 1].map(() => text(search(example, options, saved).report));
    expect(ends[1]).toBe(ends[0]);
    expect(ends[0]).toBe(text(explore(example, options)));
  });

  it('should not exist when nothing is left, or when every execution can be had by its number', () => {
    expect(search(example, options).save).toBeUndefined();
    expect(search(example, { strategy: 'random', maxExecutions: 3 }).save).toBeUndefined();
  });

  it('should notice that the scenario is another one now', () => {
    const { last } = search(example, { ...options, maxExecutions: 3 }).save?.() as SavedSearch;
    const limits = { maxSteps: example.maxSteps, haltAfter: Infinity };
    expect(pathDiffers(example, last, limits)).toBeUndefined();
    const other = toScenario(generateProgram(17, 1, 'locks'));
    expect(pathDiffers(other, last, limits)).toMatch(/^(at )?step \d+ /);
    expect(pathDiffers(example, `${last}x`, limits)).toBe('it is damaged or cut off');
  });

  it('should notice it in what comes after a violation as well, and say where', () => {
    const found = (first: 'x' | 'y', ...then: ('x' | 'y')[]): Scenario =>
      scenario('found', (sim) => {
        const variables = { x: sim.atomic('x', 0), y: sim.atomic('y', 0) };
        sim.invariant('nothing is 1', () => variables.x.peek() + variables.y.peek() === 0);
        sim.thread('A', function* () {
          yield* variables[first].store(1);
          for (const name of then) yield* variables[name].load();
        });
        sim.thread('B', function* () {
          yield* variables.x.load();
        });
      });
    const { save } = search(found('x', 'x'), { stopAfter: Infinity, maxExecutions: 1 });
    const { last } = save?.() as SavedSearch;
    const differs = (now: Scenario): string | undefined =>
      pathDiffers(now, last, { maxSteps: now.maxSteps, haltAfter: Infinity });
    expect(differs(found('x', 'x'))).toBeUndefined();
    expect(differs(found('x', 'y'))).toBe('its steps are other ones');
    expect(differs(found('y', 'x'))).toBe('step 1 is another one');
    expect(differs(found('x'))).toBe('at step 2 A is to go on, but has ended');
  });
});

describe('wakeup trees', () => {
  it('should be the same when they were written and read', () => {
    const node = (thread: number, ...children: WakeupNode[]): WakeupNode => {
      const access = { thread, branch: 0, objects: [3, 4], modes: [Mode.read, Mode.write] };
      return { ...access, spawned: -1, joined: -1, children };
    };
    const trees = [node(0, node(1, node(2)), node(3)), node(4), node(5, node(6), node(7, node(8)))];
    expect(restoreTrees(saveTrees(trees))).toEqual(trees);
    expect(restoreTrees(saveTrees([]))).toEqual([]);
  });
});
