import { describe, expect, it } from 'vitest';
import { historic, mistakes } from '../../../scenarios/historic/index.js';
import { notCovered } from '../../../scenarios/historic/not-covered.js';

const numbers = mistakes.map(({ number }) => number);
const hashes = /\b[0-9a-f]{10}\b/g;
const covered = new Set(mistakes.flatMap(({ bug }) => bug.commit.match(hashes) ?? []));

describe('the mistakes of the past', () => {
  it('should be 28, each covered or listed with the reason', () => {
    const all = [...numbers, ...notCovered.map(({ number }) => number)];
    const expected = Array.from({ length: 28 }, (_, n) => n + 1);
    expect([...new Set(all)].sort((a, b) => a - b)).toEqual(expected);
  });

  it('should be in the order of their numbers', () => {
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  });

  it('should each have a scenario before the fix and one after it', () => {
    const names = historic.entries.map(({ scenario }) => scenario.name);
    const pairs = mistakes.flatMap(({ bug: { name } }) =>
      ['before', 'after'].map((when) => `historic/${when}/${name}`),
    );
    expect(names.sort()).toEqual(pairs.sort());
  });

  it('should name the commits that mended them, and no commit twice', () => {
    for (const { bug } of mistakes) expect(bug.commit).toMatch(hashes);
    const listed = notCovered.flatMap(({ commits }) => commits);
    expect(listed.filter((commit) => covered.has(commit))).toEqual([]);
    expect(new Set(listed).size).toBe(listed.length);
  });

  it('should have a reason for each fix that is not shown', () => {
    for (const { reason, commits } of notCovered) {
      expect(reason).not.toBe('');
      for (const commit of commits) expect(commit).toMatch(/^[0-9a-f]{10}$/);
    }
  });
});
