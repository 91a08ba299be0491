import { describe, expect, it } from 'vitest';
import { scenarios } from '../../scenarios/index.js';
import { notExecutable } from '../../scenarios/not-executable.js';

/** How many answers each part of the debate has, by the letter of their numbers. */
const debated = {
  /** Dispatch without the big lock, in 2012. */
  D: 37,
  /** What the slides of 2014 say of ownership. */
  Q: 7,
  /** Regions in regions, in 2024. */
  M: 12,
  /** Singletons, and the pointer to the migration object. */
  G: 16,
};

const numbers = Object.entries(debated).flatMap(([letter, count]) =>
  Array.from({ length: count }, (_, n) => `${letter}${n + 1}`),
);

/** The numbers of rows, without the letters of variants. */
const rows = new Set(scenarios.map(({ design }) => design.id.replace(/[a-z]+$/, '')));

describe('what was debated', () => {
  it.each(numbers)('should be a row of some table, or left out for a reason: %s', (id) => {
    expect(rows.has(id)).toBe(!(id in notExecutable));
  });

  it('should be left out with a reason that can be read', () => {
    for (const [id, reason] of Object.entries(notExecutable)) {
      expect(numbers).toContain(id);
      expect(reason.length).toBeGreaterThan(20);
    }
  });
});
