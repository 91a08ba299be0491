import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { editDistance, nearest } from '../../src/cli/args/nearest.js';
import { flag, optional, Unreadable, value } from '../../src/cli/args/option.js';
import { parse } from '../../src/cli/args/parse.js';
import { duration, numberOrAll, seed, shard } from '../../src/cli/args/values.js';

describe('parse', () => {
  const options = {
    seed: value('SEED', seed, 'a seed'),
    json: flag('JSON'),
    'stop-after': value('N', numberOrAll, 'a number'),
  };

  test('should read options and positionals in any order', () => {
    const args = ['a', '--json', '--stop-after', 'all', 'b', '--seed=-7', '--', '--json'];
    expect(parse(options, args)).toEqual({
      values: { json: true, 'stop-after': Infinity, seed: -7 },
      positionals: ['a', 'b', '--json'],
    });
  });

  test('should read "all" as the programming interface writes it, too', () => {
    expect(parse(options, ['--stop-after', 'Infinity']).values['stop-after']).toBe(Infinity);
  });

  test('should take the last of several values', () => {
    expect(parse(options, ['--seed', '1', '--seed', '2']).values).toEqual({ seed: 2 });
  });

  test.each([
    [['--out'], '-', []],
    [['--out', '--json'], '-', []],
    [['--out', '--', '--out'], '-', ['--out']],
    [['--out', 'file'], 'file', []],
    [['--out=file', 'a'], 'file', ['a']],
  ])('should read in %j a value that may be left out', (args, out, positionals) => {
    const may = { ...options, out: optional('FILE', (text) => text, '-', 'a file') };
    const parsed = parse(may, args);
    expect([parsed.values.out, parsed.positionals]).toEqual([out, positionals]);
  });

  test('should not find options among the properties of every object', () => {
    expect(() => parse(options, ['--constructor'])).toThrow('there is no option --constructor');
  });
});

describe('values', () => {
  test.each([
    ['500ms', 500],
    ['30s', 30_000],
    ['1.5m', 90_000],
    ['2h', 7_200_000],
  ])('should read the duration %s', (text, ms) => {
    expect(duration(text)).toBe(ms);
  });

  test.each(['', '30', '-1s', '0ms', '1d', '1e3s', ' 1s', 'Infinitys', `${'9'.repeat(400)}s`])(
    'should refuse the duration "%s"',
    (text) => {
      expect(duration(text)).toBeInstanceOf(Unreadable);
    },
  );

  test('should read shards', () => {
    expect(shard('2/3')).toEqual({ index: 2, count: 3 });
    for (const text of ['0/3', '4/3', '1', '1/0', 'a/b', '1/2/3']) {
      expect(shard(text)).toBeInstanceOf(Unreadable);
    }
  });

  property.prop([fc.maxSafeInteger()])('should read numbers as seeds unchanged', (number) => {
    expect(seed(String(number))).toBe(Object.is(number, -0) ? 0 : number);
  });
});

describe('nearest', () => {
  const names = ['migration/upstream/introspection', 'migration/upstream/quit', 'lost-update'];

  test.each([
    ['lost-updaet', 'lost-update'],
    ['LOST-UPDATE', 'lost-update'],
    ['qiut', 'migration/upstream/quit'],
    ['upstream/introspectoin', 'migration/upstream/introspection'],
    ['something else', undefined],
    ['', undefined],
  ])('should find what "%s" means', (text, meant) => {
    expect(nearest(text, names)).toBe(meant);
  });

  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });
  property.prop([word, word])('should measure a distance', (a, b) => {
    const distance = editDistance(a, b);
    expect(distance).toBe(editDistance(b, a));
    expect(distance === 0).toBe(a === b);
    expect(distance).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
    expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
  });
});
