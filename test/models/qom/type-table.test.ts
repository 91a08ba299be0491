import { describe, expect, it } from 'vitest';
import { TypeTable } from '../../../models/index.js';
import type { Routine, Sim } from '../../../src/index.js';
import { exploreAll, wrongWith } from '../support.js';

describe('TypeTable', () => {
  it('should know a type and its ancestors', () => {
    const setup = (sim: Sim): void => {
      const types = new TypeTable(sim);
      types.register({ name: 'a', parent: 'object' });
      types.register({ name: 'b', parent: 'a' });
      expect(types.lineage('b').map(({ name }) => name)).toEqual(['b', 'a', 'object']);
    };
    expect(wrongWith(setup)).toEqual([]);
  });

  it('should refuse a name twice and a type without a parent', () => {
    const twice = (sim: Sim): void => {
      new TypeTable(sim).register({ name: 'object' });
    };
    expect(wrongWith(twice)).toEqual([
      'assertion: type_new: registering "object", which already exists',
    ]);
    const orphan = (sim: Sim): void => {
      new TypeTable(sim).register({ name: 'orphan' });
    };
    expect(wrongWith(orphan)).toEqual(['assertion: type_register_static: "orphan" has no parent']);
  });

  it('should build a class once, after the parent of it', () => {
    const setup = (sim: Sim): void => {
      const types = new TypeTable(sim);
      types.register({ name: 'a', parent: 'object' });
      sim.thread('main', function* () {
        const first = yield* types.initialize('a');
        sim.assert(first.parent?.type === 'object', 'wrong parent');
        sim.assert((yield* types.initialize('a')) === first, 'built twice');
      });
    };
    expect(wrongWith(setup)).toEqual([]);
  });

  it('should have every class before the threads, unless hooks make it or it is registered later', () => {
    const race = (hook?: () => Routine, late?: boolean) => (sim: Sim) => {
      const types = new TypeTable(sim);
      if (late === true) types.initializeAll();
      types.register({ name: 'a', parent: 'object', ...(hook && { classInit: hook }) });
      if (late !== true) types.initializeAll();
      for (const name of ['A', 'B']) {
        sim.thread(name, function* () {
          const { parent } = yield* types.initialize('a');
          sim.assert(parent === (yield* types.initialize('object')), 'another parent');
        });
      }
    };
    expect(exploreAll(race())).toMatchObject({ verdict: 'verified', executions: 1, steps: 0 });
    expect(wrongWith(race(function* () {}))).toContain('data-race: class of a');
    let runs = 0;
    const counted = function* (): Routine {
      runs++;
    };
    expect(wrongWith(race(counted, true))).toContain('data-race: class of a');
    expect(runs).toBeGreaterThan(0);
  });
});
