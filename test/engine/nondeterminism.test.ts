import { describe, expect, it } from 'vitest';
import { explore, type Sim, scenario } from '../../src/index.js';
import { doing, found, randomised, strategyNames, thorough } from '../sim/support.js';
import { failures, holding } from './gallery.js';

/** Makes a set-up, so that state outside it can survive from one execution to the next. */
const hidden: Record<string, () => (sim: Sim) => void> = {
  'a JavaScript variable shared between threads': () => (sim) => {
    let shared = 0;
    const x = sim.atomic('x', 0);
    const y = sim.atomic('y', 0);
    sim.thread('A', function* () {
      yield* x.store(1);
      shared = 1;
    });
    sim.thread('B', function* () {
      yield* y.store(1);
      yield* y.store(shared);
    });
  },
  'a branch on a shared JavaScript variable': () => (sim) => {
    let ready = false;
    sim.thread('A', function* () {
      yield* sim.pause();
      ready = true;
    });
    sim.thread('B', function* () {
      yield* sim.pause();
      if (ready) yield* sim.pause();
    });
  },
  'chance in a thread': () => (sim) => {
    const x = sim.atomic('x', 0);
    sim.thread(
      'A',
      doing(() => x.store(Math.random())),
    );
  },
  'chance in the number of steps': () => (sim) => {
    sim.thread('A', function* () {
      for (let i = Math.floor(Math.random() * 1e6) % 50; i >= 0; i--) yield* sim.pause();
    });
  },
  'chance in set-up': () => (sim) => {
    const x = sim.atomic('x', Math.random());
    sim.thread(
      'A',
      doing(() => x.load()),
    );
  },
  'state that survives executions': () => {
    let executions = 0;
    return (sim) => {
      const x = sim.atomic('x', executions++);
      sim.thread(
        'A',
        doing(() => x.load()),
      );
    };
  },
  'a cache that survives executions': () => {
    const cache = new Set<string>();
    return (sim) => {
      const x = sim.atomic('x', 0);
      for (const name of ['A', 'B']) {
        sim.thread(name, function* () {
          if (cache.has(name)) yield* x.load();
          cache.add(name);
          yield* x.store(1);
        });
      }
    };
  },
  'a count of executions, at one of them': () => {
    let executions = 0;
    return (sim) => {
      const repeated = executions++ === 1;
      sim.thread(
        'A',
        doing(() => sim.pause()),
      );
      sim.finally(() => sim.assert(!repeated, 'the second time it fails'));
    };
  },
  'an object that survives executions': () => {
    let kept: ReturnType<typeof Sim.prototype.atomic<number>> | undefined;
    return (sim) => {
      kept ??= sim.atomic('kept', 0);
      const x = kept;
      sim.thread(
        'A',
        doing(() => x.fetchAdd(1)),
      );
    };
  },
  'an assertion about a JavaScript variable': () => (sim) => {
    let ready = false;
    sim.thread('A', function* () {
      yield* sim.pause();
      sim.assert(!ready, 'too late');
    });
    sim.thread('B', function* () {
      yield* sim.pause();
      ready = true;
    });
  },
  'a final check of a JavaScript variable': () => (sim) => {
    let order = '';
    for (const name of ['A', 'B']) {
      sim.thread(name, function* () {
        yield* sim.pause();
        order += name;
      });
    }
    sim.finally(() => sim.assert(order !== 'BA', 'B was first'));
  },
  'an until on a JavaScript variable': () => (sim) => {
    let ready = false;
    sim.thread('A', function* () {
      yield* sim.pause();
      ready = true;
      yield* sim.pause();
    });
    sim.thread(
      'B',
      doing(() => sim.until(() => ready)),
    );
  },
};

describe('nondeterminism', () => {
  const all = Object.entries(hidden).flatMap(([what, make]) =>
    strategyNames.map((strategy) => [what, strategy, make] as const),
  );
  it.each(all)('should be found in %s under %s', (_what, strategy, make) => {
    const report = explore(scenario('hidden', make()), {
      ...thorough(strategy),
      stopAfter: Infinity,
    });
    expect(report.verdict).toBe('violated');
    expect(report.violations.map(({ kind }) => kind)).toContain('nondeterminism');
    expect(report.complete).toBe(false);
  });

  it.each(all)(
    'should not be hidden by stopping at the first failure: %s under %s',
    (_what, strategy, make) => {
      const report = explore(scenario('hidden', make()), thorough(strategy));
      expect(report.verdict).toBe('violated');
    },
  );

  const legal = holding.flatMap((each) =>
    strategyNames.map((strategy) => [each.name, strategy, each] as const),
  );
  it.each(legal)('should not be seen in "%s" under %s', (_name, strategy, each) => {
    const report = explore(each, {
      ...thorough(strategy),
      maxExecutions: 3000,
      stopAfter: Infinity,
    });
    expect(found(report)).toEqual([]);
    expect(report.verdict).not.toBe('violated');
  });

  const broken = failures.flatMap((each) =>
    strategyNames.map((strategy) => [each.scenario.name, strategy, each] as const),
  );
  it.each(broken)('should not be seen in what fails: %s under %s', (_name, strategy, each) => {
    for (const stopAfter of [1, Infinity]) {
      const report = explore(each.scenario, { ...thorough(strategy), stopAfter });
      expect(found(report)).toEqual([`${each.kind}: ${each.property}`]);
    }
  });

  it.each(randomised)('should not be seen with any seed under %s', (strategy) => {
    for (const each of holding) {
      for (let seed = 0; seed < 25; seed++) {
        const report = explore(each, { strategy, seed, maxExecutions: 5, stopAfter: Infinity });
        expect(found(report), `${each.name}, seed ${seed}`).toEqual([]);
      }
    }
  });
});
