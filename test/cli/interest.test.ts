import { describe, expect, it } from 'vitest';
import { byInterest, expectedOf, instructive } from '../../src/cli/interest.js';
import { type Violation, violationKinds } from '../../src/index.js';

function violation(kind: Violation['kind'], property: string): Violation {
  return { kind, property } as Violation;
}

describe('the order in which violations are shown', () => {
  const race = violation('data-race', 'x');
  const leak = violation('leak', 'b');
  const reach = violation('assertion', 'I9: gone');
  const other = violation('assertion', 'other');
  const deadlock = violation('deadlock', 'A, B');
  const found = [leak, race, other, reach, deadlock];

  it('should be by what teaches most where nothing is expected, and else as they were found', () => {
    expect(byInterest(found, [])).toEqual([deadlock, other, reach, race, leak]);
    expect(byInterest([reach, other], [])).toEqual([reach, other]);
  });

  it('should begin with what is expected, by kind or by label, in that order', () => {
    expect(byInterest(found, ['leak', 'I9', 'I4'])).toEqual([leak, reach, deadlock, other, race]);
  });

  it('should keep each, and the list that was given', () => {
    const before = [...found];
    expect(new Set(byInterest(found, ['I9', 'assertion']))).toEqual(new Set(before));
    expect(found).toEqual(before);
  });

  it('should know every kind', () => {
    expect([...instructive].sort()).toEqual([...violationKinds].sort());
  });
});

describe('what is expected', () => {
  it('should be what is claimed, then what is known to be found; nothing where that is that all is well', () => {
    const claim = { expects: ['I2', 'I1'] } as const;
    const difference = { found: ['I4'] } as const;
    expect(expectedOf({ claim, difference })).toEqual(['I2', 'I1', 'I4']);
    expect(expectedOf({ claim: { expects: 'verified' }, difference })).toEqual(['I4']);
    expect(expectedOf({})).toEqual([]);
  });
});
