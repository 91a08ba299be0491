import { describe, expect, it } from 'vitest';
import { source } from '../../scenarios/claim.js';
import type { DesignRow, HazardColumn } from '../../scenarios/entry.js';
import { beforeAndAfter } from '../../scenarios/historic.js';
import { type Pairs, pairs } from '../../scenarios/matrix.js';
import { explore, type Sim, scenario } from '../../src/index.js';

const list = source('A. Author', 'a mail');

function parts(more: Partial<Pairs<DesignRow, HazardColumn>> = {}) {
  return {
    family: 'f',
    designs: ['d', 'e'].map((name) => ({
      id: name.toUpperCase(),
      name,
      who: 'A. Author',
      where: 'a mail',
      summary: 'a design',
    })),
    hazards: ['x', 'y'].map((name) => ({ name, title: name, description: 'a hazard' })),
    build: (_design: DesignRow, _hazard: HazardColumn, name: string) =>
      scenario(name, () => undefined),
    ...more,
  };
}

describe('pairs', () => {
  it('should apply every hazard to every design that it is one for', () => {
    const entries = pairs(
      parts({
        applicable: (design, hazard) => design.id === 'D' || hazard.name === 'y',
        options: (_, hazard) => (hazard.name === 'y' ? { preemptions: 2 } : {}),
        claims: { D: { y: list.expects('I4', 'I7') } },
        differences: { D: { y: { found: 'verified', because: 'it waits for nothing' } } },
      }),
    );
    expect(entries.map(({ scenario: { name } }) => name)).toEqual(['f/d/x', 'f/d/y', 'f/e/y']);
    expect(entries[0]).not.toHaveProperty('claim');
    expect(entries[1]).toMatchObject({
      family: 'f',
      options: { stopAfter: Infinity, preemptions: 2 },
      claim: { expects: ['I4', 'I7'], who: 'A. Author', where: 'a mail' },
      difference: { found: 'verified' },
    });
  });

  it('should refuse to claim something of nothing', () => {
    const claims = { D: { z: list.verified } };
    const differences = { X: { y: { found: 'verified', because: '' } } } as const;
    expect(() => pairs(parts({ claims }))).toThrow('a claim about D under z');
    expect(() => pairs(parts({ differences }))).toThrow('a difference about X under y');
  });
});

describe('beforeAndAfter', () => {
  const bug = {
    name: 'twice',
    title: 'freed twice',
    description: 'two threads free a block',
    commit: '1234567890',
    before: (sim: Sim) => freeing(sim, 2),
    after: (sim: Sim) => freeing(sim, 1),
  };

  function freeing(sim: Sim, times: number): void {
    const block = sim.block('b');
    sim.thread('A', function* () {
      for (let i = 0; i < times; i++) yield* sim.free(block);
    });
  }

  it('should claim that the fix mends what it is for', () => {
    const entries = beforeAndAfter('bugs', [bug], { twice: ['I1'] });
    expect(
      entries.map(({ scenario: each, claim }) => [each.name, each.source, claim?.expects]),
    ).toEqual([
      ['bugs/before/twice', '1234567890', ['I1']],
      ['bugs/after/twice', '1234567890', 'verified'],
    ]);
    expect(entries.map((entry) => explore(entry.scenario).verdict)).toEqual([
      'violated',
      'verified',
    ]);
  });

  it('should refuse consequences of nothing', () => {
    expect(() => beforeAndAfter('bugs', [bug], { thrice: ['I1'] })).toThrow('before under thrice');
  });
});
