import seedrandom from 'seedrandom';
import { describe, expect, it } from 'vitest';
import { Stream } from '../../src/explore/stream.js';

const range = 0x1_0000_0000;

/** sfc32 as its author writes it, in whole numbers below 2^32. */
function* sfc32(a: number, b: number, c: number, counter: number): Generator<number, never> {
  const word = (value: number): number => ((value % range) + range) % range;
  for (;;) {
    const result = word(a + b + counter);
    counter = word(counter + 1);
    a = word(b ^ (b >>> 9));
    b = word(c + word(c << 3));
    c = word(word((c << 21) | (c >>> 11)) + result);
    yield result;
  }
}

/** What the seed and the number of an execution decide. */
function* expected(
  seed: string | number,
  consumer: string,
  index: number,
): Generator<number, never> {
  const source = seedrandom.xor128(`${typeof seed}:${seed}/${consumer}`);
  const [first, second] = [source.int32(), source.int32()];
  const high = Math.floor(index / range);
  const numbers = sfc32(first >>> 0, second >>> 0, index % range, high + 1);
  for (let i = 0; i < 12; i++) numbers.next();
  return yield* numbers;
}

describe('a stream', () => {
  it.each([
    [1, 'pct', 0],
    ['1', 'pct', 0],
    [1, 'pos', 1],
    [-0.5, 'random', 12_345],
    ['a seed', 'random', range - 1],
    ['a seed', 'random', range + 5],
  ] as const)(
    'should give the numbers of sfc32 for seed %o of %s at %d',
    (seed, consumer, index) => {
      const stream = new Stream(seed, consumer);
      stream.begin(index);
      const numbers = expected(seed, consumer, index);
      const found = Array.from({ length: 50 }, () => stream.next() >>> 0);
      expect(found).toEqual(Array.from({ length: 50 }, () => numbers.next().value));
    },
  );

  it('should draw below a bound in proportion', () => {
    const stream = new Stream(1, 'pct');
    const numbers = expected(1, 'pct', 0);
    for (let count = 1; count <= 100; count++) {
      const number = numbers.next().value;
      expect(stream.below(count)).toBe(Math.floor((number / range) * count));
    }
  });
});
