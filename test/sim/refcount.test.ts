import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { Operation } from '../../src/index.js';
import { dependent } from './footprints.js';
import { doing, exploreAll, found, outcomes, violationsOf } from './support.js';

describe('refcount', () => {
  it('should tell exactly the caller that reached zero', () => {
    const ends = outcomes((sim) => {
      const r = sim.refcount('r', 3);
      const last: string[] = [];
      for (const name of ['A', 'B', 'C']) {
        sim.thread(name, function* () {
          if (yield* r.put()) last.push(name);
        });
      }
      return () => [last.length, r.peek()];
    });
    expect(ends).toEqual(['[1,0]']);
  });

  it('should be violated by going below zero and by rising from zero', () => {
    const counted = (operation: 'get' | 'put'): string[] =>
      violationsOf((sim) => {
        const r = sim.refcount('r', 0);
        sim.thread(
          'A',
          doing(() => r[operation]()),
        );
        sim.finally(() => sim.assert(r.peek() === 0, 'unchanged'));
      });
    expect(counted('put')).toEqual(['refcount: r']);
    expect(counted('get')).toEqual(['refcount: r']);
  });

  it('should fail tryGet at zero without a violation', () => {
    const ends = outcomes((sim) => {
      const r = sim.refcount('r', 1);
      let got = false;
      sim.thread('A', function* () {
        got = yield* r.tryGet();
      });
      sim.thread(
        'B',
        doing(() => r.put()),
      );
      return () => [got, r.peek()];
    });
    expect(ends).toEqual(['[false,0]', '[true,1]']);
  });

  it('should find the resurrection by a get that comes too late', () => {
    const report = exploreAll((sim) => {
      const r = sim.refcount('r', 1);
      sim.thread(
        'A',
        doing(() => r.get()),
      );
      sim.thread(
        'B',
        doing(() => r.put()),
      );
    });
    expect(found(report)).toEqual(['refcount: r']);
    expect(report).toMatchObject({ executions: 2, failing: 1 });
  });

  it('should tell the history of the count', () => {
    const { violations } = exploreAll((sim) => {
      const r = sim.refcount('r', 1);
      sim.thread(
        'A',
        doing(
          () => r.get(),
          () => r.put(),
          () => r.put(),
          () => r.put(),
        ),
      );
    });
    expect(violations[0]?.details.join('\n')).toMatch(/step 1.*A[^]*step 2.*A[^]*step 3.*A/);
  });

  const operations: Record<
    string,
    { count: number; of: 'get' | 'put' | 'tryGet'; reads: boolean }
  > = {
    get: { count: 2, of: 'get', reads: false },
    put: { count: 2, of: 'put', reads: false },
    tryGet: { count: 2, of: 'tryGet', reads: false },
    'failed tryGet': { count: 0, of: 'tryGet', reads: true },
  };
  const pairs = Object.keys(operations).flatMap((a) =>
    Object.keys(operations)
      .filter((b) => operations[a]!.count === operations[b]!.count)
      .map((b) => [a, b] as const),
  );
  it.each(pairs)('should make %s and %s conflict unless both only read', (a, b) => {
    const [first, second] = [operations[a]!, operations[b]!];
    const result = dependent((sim) => {
      const r = sim.refcount('r', first.count);
      return { A: [(): Operation => r[first.of]()], B: [(): Operation => r[second.of]()] };
    });
    expect(result).toBe(!(first.reads && second.reads));
  });

  test.prop([
    fc.nat({ max: 3 }),
    fc.array(fc.constantFrom('get', 'put', 'tryGet'), { maxLength: 5 }),
  ])('should count like a number as long as it is positive', (initial, operations) => {
    let count = initial;
    let broken = false;
    for (const operation of operations) {
      if (operation === 'tryGet' && count === 0) continue;
      if (count === 0) {
        broken = true;
        break;
      }
      count += operation === 'put' ? -1 : 1;
    }
    const report = exploreAll((sim) => {
      const r = sim.refcount('r', initial);
      sim.thread('A', doing(...operations.map((operation) => (): Operation => r[operation]())));
      sim.finally(() => sim.assert(r.peek() === count, () => `${r.peek()} is not ${count}`));
    });
    expect(found(report)).toEqual(broken ? ['refcount: r'] : []);
  });
});

describe('a label', () => {
  it('should say in the message what went wrong', () => {
    for (const [start, label] of [
      [0, 'object_ref'],
      [0, 'object_unref'],
    ] as const) {
      const report = exploreAll((sim) => {
        const ref = sim.refcount('ref', start);
        sim.thread(
          'A',
          doing(() => (label === 'object_ref' ? ref.get(label) : ref.put(label))),
        );
      });
      expect(report.violations[0]).toMatchObject({ kind: 'refcount', property: 'ref' });
      expect(report.violations[0]?.message).toMatch(`${label}: ref `);
    }
  });
});
