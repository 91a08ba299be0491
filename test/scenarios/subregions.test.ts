import { describe, expect, it } from 'vitest';
import { byOwner, type SubregionDesign } from '../../models/index.js';
import { designs, notExecutable } from '../../scenarios/subregions/designs.js';
import { scenarioOf } from '../../scenarios/subregions/hazard.js';
import { sameOwner } from '../../scenarios/subregions/hazards/same-owner.js';
import { unplugDuringDispatch } from '../../scenarios/subregions/hazards/unplug-during-dispatch.js';
import { explore, type Report } from '../../src/index.js';
import { checkFamily } from './check-family.js';

checkFamily('subregions');

/** Merged as it was, with one thing done otherwise. */
function under(model: SubregionDesign, hazard = sameOwner): Report {
  const row = designs.find(({ id }) => id === 'M2');
  if (row === undefined) throw new Error('no M2');
  const scenario = scenarioOf(hazard, { ...row, model }, 'a test');
  return explore(scenario, { seed: 1, stopAfter: Infinity });
}

/** The properties of what is wrong, in order. */
function wrong({ violations }: Report): string[] {
  return [...new Set(violations.map(({ property }) => property))].sort();
}

describe('subregions', () => {
  it('should account for every number of the debate', () => {
    const numbers = designs.map(({ id }) => id.replace(/[a-z]$/, ''));
    const all = new Set([...numbers, ...Object.keys(notExecutable)]);
    expect([...all].sort()).toEqual(Array.from({ length: 12 }, (_, i) => `M${i + 1}`).sort());
    expect(all.size).toBe(new Set(numbers).size + Object.keys(notExecutable).length);
  });

  it('should finalize the container first and the subregion first', () => {
    // Each execution finalizes the two regions of the card, and no other.
    const finalized: string[] = [];
    const noted: SubregionDesign = {
      ...byOwner,
      *finalize(region) {
        finalized.push(region.name);
        yield* byOwner.finalize(region);
      },
    };
    expect(under(noted).verdict).toBe('verified');
    const orders = new Set<string>();
    for (let i = 0; i < finalized.length; i += 2) orders.add(finalized.slice(i, i + 2).join(', '));
    expect([...orders].sort()).toEqual([
      'card.container, card.window',
      'card.window, card.container',
    ]);
  });

  it('should notice a subregion that stays in its container when it is finalized', () => {
    const oneWay: SubregionDesign = {
      ...byOwner,
      *finalize(region) {
        yield* region.change({ container: undefined });
        yield* byOwner.finalize(region);
      },
    };
    expect(wrong(under(oneWay))).toEqual(['card.window']);
  });

  it('should notice a reference that is dropped and was never taken', () => {
    const never: SubregionDesign = { ...byOwner, *added() {} };
    expect(wrong(under(never, unplugDuringDispatch))).not.toEqual([]);
  });
});
