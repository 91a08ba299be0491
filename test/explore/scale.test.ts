import v8 from 'node:v8';
import vm from 'node:vm';
import { describe, expect, it } from 'vitest';
import { explore, replay, scenario } from '../../src/index.js';
import { doing, strategyNames } from '../sim/support.js';

/** Collects garbage, which a process must be told to allow. */
function collectGarbage(): void {
  v8.setFlagsFromString('--expose-gc');
  (vm.runInNewContext('gc') as () => void)();
}

describe('a long execution', () => {
  it.each(strategyNames.filter((name) => name !== 'dpor'))(
    'should not overflow the stack under %s',
    (strategy) => {
      const long = scenario(
        'long',
        (sim) => {
          const x = sim.atomic('x', 0);
          for (const name of ['A', 'B']) {
            sim.thread(name, function* () {
              for (let i = 0; i < 20_000; i++) yield* x.fetchAdd(1);
            });
          }
        },
        { maxSteps: 40_000 },
      );
      const report = explore(long, { strategy, seed: 1, maxExecutions: 1 });
      expect(report).toMatchObject({ verdict: 'passed', executions: 1, steps: 40_000 });
    },
  );

  it('should be explored by dpor when it is the only one', () => {
    const long = scenario(
      'long',
      (sim) => {
        const x = sim.atomic('x', 0);
        sim.thread('A', function* () {
          for (let i = 0; i < 100_000; i++) yield* x.fetchAdd(1);
        });
      },
      { maxSteps: 100_000 },
    );
    expect(explore(long)).toMatchObject({ verdict: 'verified', executions: 1, steps: 100_000 });
  });

  it('should be replayed', () => {
    const long = scenario(
      'long',
      (sim) => {
        sim.thread('A', function* () {
          for (let i = 0; i < 20_000; i++) yield* sim.pause();
          sim.fail('at last');
        });
      },
      { maxSteps: 100_000 },
    );
    const { violations } = explore(long);
    const [violation] = violations as [(typeof violations)[number]];
    expect(violation.token.length).toBeLessThan(40);
    expect(replay(long, violation.token).steps).toBe(20_000);
  });

  it('should allow many threads', () => {
    const wide = scenario('wide', (sim) => {
      const x = sim.atomic('x', 0);
      const all = Array.from({ length: 500 }, (_, i) =>
        sim.thread(
          `T${i}`,
          doing(() => x.fetchAdd(1)),
        ),
      );
      sim.thread('last', doing(...all.map((each) => () => each.join())));
      sim.finally(() => sim.assert(x.peek() === 500, 'all'));
    });
    const report = explore(wide, { strategy: 'random', seed: 1, maxExecutions: 2 });
    expect(report).toMatchObject({ verdict: 'passed', steps: 2000 });
  });
});

describe('memory', () => {
  it.each(strategyNames)('should stay flat over many executions under %s', (strategy) => {
    const work = scenario('work', (sim) => {
      const x = sim.atomic('x', 0);
      for (const name of ['A', 'B', 'C']) {
        sim.thread(name, function* () {
          const block = yield* sim.alloc('b');
          yield* x.fetchAdd(1);
          yield* sim.free(block);
          yield* x.fetchAdd(1);
        });
      }
    });
    const used = (maxExecutions: number): number => {
      explore(work, { strategy, seed: 1, maxExecutions });
      collectGarbage();
      return process.memoryUsage().heapUsed;
    };
    used(2000);
    const before = used(2000);
    const after = used(20_000);
    // Ten times the executions; a leak of a hundred bytes an execution would show.
    expect(after - before).toBeLessThan(1_800_000);
  });
});
