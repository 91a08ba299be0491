import { describe, expect, it } from 'vitest';
import { conflicts, Footprint, Mode } from '../../src/engine/footprint.js';

const { read, write, member } = Mode;
const modes = [read, write, member];
const pairs = modes.flatMap((a) => modes.map((b) => [a, b] as const));
const one = 7;
const other = 8;

function footprintOf(...accesses: readonly (readonly [object: number, mode: Mode])[]): Footprint {
  const footprint = new Footprint();
  for (const [object, mode] of accesses) footprint.add(object, mode);
  return footprint;
}

describe('conflicts', () => {
  it.each(pairs)('should hold of %i and %i unless both read or both are members', (a, b) => {
    expect(conflicts(a, b)).toBe(!(a === b && a !== write));
  });
});

describe('a footprint', () => {
  it.each(pairs)(
    'should have an object once, as all that conflicts with %i or %i sees it',
    (a, b) => {
      const both = footprintOf([one, a], [one, b]);
      expect(both.objects).toEqual([one]);
      for (const seen of modes) {
        const either = conflicts(a, seen) || conflicts(b, seen);
        expect(conflicts(both.modes[0] as Mode, seen)).toBe(either);
      }
    },
  );

  it('should keep objects apart', () => {
    const both = footprintOf([one, read], [other, write], [one, read]);
    expect([both.objects, both.modes]).toEqual([
      [one, other],
      [read, write],
    ]);
  });

  it('should be as new when it was cleared, whatever it held', () => {
    const touched = footprintOf([one, write]);
    const counted = new Footprint();
    counted.count(one, 1);
    const noted = new Footprint();
    noted.spawned = 1;
    noted.joined = 1;
    noted.before = 'value';
    noted.needs = [];
    noted.writesIf = { value: 1 };
    for (const used of [touched, counted, noted]) {
      expect(used).not.toEqual(new Footprint());
      used.clear();
      expect(used).toEqual(new Footprint());
    }
  });
});
