import { describe, expect, it } from 'vitest';
import { explore, scenario, violationKinds } from '../../src/index.js';
import { doing, exploreAll, found, strategyNames, thorough } from '../sim/support.js';
import { failures } from './gallery.js';

describe('detectors', () => {
  it('should each have a scenario in the gallery, but for hidden sharing', () => {
    const kinds = new Set(failures.map(({ kind }) => kind));
    expect([...violationKinds].filter((kind) => !kinds.has(kind))).toEqual(['nondeterminism']);
  });

  const all = failures.flatMap((each) =>
    strategyNames.map((strategy) => [each.kind, each.scenario.name, strategy, each] as const),
  );
  it.each(all)('should find the %s of %s under %s', (_kind, _name, strategy, each) => {
    const report = explore(each.scenario, thorough(strategy));
    expect(report).toMatchObject({ verdict: 'violated', failing: 1 });
    expect(found(report)).toEqual([`${each.kind}: ${each.property}`]);
    expect(report.violations[0]?.events.length).toBe(report.violations[0]?.steps);
  });

  it('should not depend on one another: the same scenario has several kinds', () => {
    const report = exploreAll(
      (sim) => {
        const block = sim.block('b');
        const value = block.plain('value', 0);
        sim.thread(
          'A',
          doing(
            () => value.write(1),
            () => sim.free(block),
          ),
        );
        sim.thread(
          'B',
          doing(() => value.read()),
        );
      },
      {},
      { leakCheck: true },
    );
    const kinds = new Set(report.violations.map(({ kind }) => kind));
    expect(kinds).toContain('data-race');
    expect(kinds).toContain('use-after-free');
  });
});

describe('a block that is freed', () => {
  it.each([0, 1, 2])('should not hold a lock in any of its parts, as in the one at %i', (held) => {
    const report = exploreAll((sim) => {
      const block = sim.block('b');
      const locks = ['i', 'j', 'k'].map((name) => block.embed(name).mutex(`m of ${name}`));
      sim.thread('A', function* () {
        yield* locks[held]!.lock();
        yield* sim.free(block);
      });
    });
    expect(report.violations.map(({ kind }) => kind)).toEqual(['lock-misuse']);
  });
});

describe('livelock', () => {
  const endless = (maxSteps?: number) =>
    scenario(
      'endless',
      (sim) => {
        sim.thread('A', function* () {
          while (true) yield* sim.pause();
        });
      },
      maxSteps === undefined ? {} : { maxSteps },
    );

  it.each(strategyNames)('should be found past the steps allowed under %s', (strategy) => {
    const report = explore(endless(), { strategy, seed: 1 });
    expect(found(report)).toHaveLength(1);
    expect(report.violations[0]).toMatchObject({ kind: 'livelock', steps: 10_000 });
    expect(explore(endless(7), { strategy }).violations[0]?.steps).toBe(7);
    expect(explore(endless(7), { strategy, maxSteps: 9 }).violations[0]?.steps).toBe(9);
  });

  it('should not be an execution that ends with the last step allowed', () => {
    const setup = scenario(
      'just enough',
      (sim) => {
        sim.thread('A', doing(...Array.from({ length: 5 }, () => () => sim.pause())));
      },
      { maxSteps: 5 },
    );
    expect(explore(setup)).toMatchObject({ verdict: 'verified', steps: 5 });
    expect(explore(setup, { maxSteps: 4 }).verdict).toBe('violated');
  });

  it('should not be a deadlock in the last step allowed', () => {
    const setup = scenario(
      'stuck',
      (sim) => {
        const never = sim.event('never');
        sim.thread(
          'A',
          doing(
            () => sim.pause(),
            () => never.wait(),
          ),
        );
      },
      { maxSteps: 1 },
    );
    expect(found(explore(setup))).toEqual(['deadlock: never']);
  });
});
