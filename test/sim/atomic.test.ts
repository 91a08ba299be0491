import { fc, test } from '@fast-check/vitest';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { Atomic, Operation } from '../../src/index.js';
import { dependent } from './footprints.js';
import { doing, exploreAll, outcomes, violationsOf } from './support.js';

describe('atomic', () => {
  it('should return the old value from every read-modify-write', () => {
    const ends = outcomes((sim) => {
      const x = sim.atomic('x', 1);
      const seen: unknown[] = [];
      sim.thread('A', function* () {
        seen.push(yield* x.load());
        seen.push(yield* x.store(2));
        seen.push(yield* x.exchange(3));
        seen.push(yield* x.fetchAdd(4));
        seen.push(yield* x.update((value) => value * 10));
        seen.push(yield* x.compareExchange(70, 5));
        seen.push(yield* x.compareExchange(70, 6));
        seen.push(yield* x.load());
      });
      return () => [seen.map((value) => value ?? 'nothing'), x.peek()];
    });
    expect(ends).toEqual(['[[1,"nothing",2,3,7,70,5,5],5]']);
  });

  it('should lose an update between a load and a store and none in a read-modify-write', () => {
    const increment = (atomically: boolean): string[] =>
      outcomes((sim) => {
        const x = sim.atomic('x', 0);
        for (const name of ['A', 'B']) {
          sim.thread(name, function* () {
            if (atomically) yield* x.fetchAdd(1);
            else yield* x.store((yield* x.load()) + 1);
          });
        }
        return () => x.peek();
      });
    expect(increment(false)).toEqual(['1', '2']);
    expect(increment(true)).toEqual(['2']);
  });

  it('should let exactly one of several compareExchange win', () => {
    const ends = outcomes((sim) => {
      const x = sim.atomic('x', 'free');
      const winners = sim.atomic('winners', 0);
      for (const name of ['A', 'B', 'C']) {
        sim.thread(name, function* () {
          if ((yield* x.compareExchange('free', name)) === 'free') yield* winners.fetchAdd(1);
        });
      }
      return () => [x.peek(), winners.peek()];
    });
    expect(ends).toEqual(['["A",1]', '["B",1]', '["C",1]']);
  });

  it('should be sequentially consistent: no outcome 0 0 of store buffering', () => {
    const ends = outcomes((sim) => {
      const x = sim.atomic('x', 0);
      const y = sim.atomic('y', 0);
      const seen = [-1, -1];
      sim.thread('A', function* () {
        yield* x.store(1);
        seen[0] = yield* y.load();
      });
      sim.thread('B', function* () {
        yield* y.store(1);
        seen[1] = yield* x.load();
      });
      return () => seen;
    });
    expect(ends).toEqual(['[0,1]', '[1,0]', '[1,1]']);
  });

  it('should hold any value, compared by ===', () => {
    const ends = outcomes((sim) => {
      const first = { name: 'first' };
      const x = sim.atomic<object | undefined>('x', first);
      sim.thread('A', function* () {
        sim.assert((yield* x.compareExchange({ name: 'first' }, undefined)) === first, 'kept');
        sim.assert((yield* x.compareExchange(first, undefined)) === first, 'exchanged');
      });
      return () => x.peek() ?? 'nothing';
    });
    expect(ends).toEqual(['"nothing"']);
  });

  it('should report what the function of an update throws', () => {
    const found = violationsOf((sim) => {
      const x = sim.atomic('x', 0);
      sim.thread(
        'A',
        doing(() =>
          x.update(() => {
            throw new RangeError('no');
          }),
        ),
      );
      sim.finally(() => sim.assert(x.peek() === 0, 'unchanged'));
    });
    expect(found).toEqual(['exception: RangeError: no']);
  });

  test.prop([fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 3 })])(
    'should sum up every fetchAdd in whatever order',
    (amounts) => {
      const ends = outcomes((sim) => {
        const x = sim.atomic('x', 0);
        amounts.forEach((amount, i) =>
          sim.thread(
            `T${i}`,
            doing(() => x.fetchAdd(amount)),
          ),
        );
        return () => x.peek();
      });
      expect(ends).toEqual([String(amounts.reduce((sum, each) => sum + each, 0))]);
    },
  );

  it('should type what its operations return', () => {
    expectTypeOf<ReturnType<Atomic<string>['load']>>().toEqualTypeOf<Operation<string>>();
    exploreAll((sim) => {
      const x = sim.atomic('x', 0);
      const state = sim.atomic<'idle' | 'busy'>('state', 'idle');
      expectTypeOf(x).toEqualTypeOf<Atomic<number>>();
      sim.thread('A', function* () {
        const loaded = yield* x.load();
        expectTypeOf(loaded).toEqualTypeOf<number>();
        expectTypeOf(yield* state.load()).toEqualTypeOf<'idle' | 'busy'>();
        expectTypeOf(yield* state.exchange('busy')).toEqualTypeOf<'idle' | 'busy'>();
        expectTypeOf(yield* state.compareExchange('idle', 'busy')).toEqualTypeOf<'idle' | 'busy'>();
        expectTypeOf(yield* x.fetchAdd(1)).toEqualTypeOf<number>();
        expectTypeOf(yield* x.update((value) => value + 1)).toEqualTypeOf<number>();
        expectTypeOf(yield* x.store(1)).toEqualTypeOf<void>();
        const handle = yield* sim.spawn('B', function* () {});
        expectTypeOf(yield* handle.join()).toEqualTypeOf<void>();
        expectTypeOf(yield* sim.choose(2)).toEqualTypeOf<number>();
        expectTypeOf(yield* sim.step('s', () => 'text')).toEqualTypeOf<string>();
        expectTypeOf(yield* sim.mutex('m').tryLock()).toEqualTypeOf<boolean>();
        expectTypeOf(yield* sim.plain('p', 'text').read()).toEqualTypeOf<string>();
        expectTypeOf(yield* sim.refcount('r', 1).put()).toEqualTypeOf<boolean>();
      });
    });
    const wrong = [
      // @ts-expect-error a store of another type
      (a: Atomic<number>) => a.store('text'),
      // @ts-expect-error only numbers can be added to
      (a: Atomic<string>) => a.fetchAdd(1),
    ];
    expect(wrong).toHaveLength(2);
  });
});

describe('footprint of atomic', () => {
  const reads = ['load', 'failed compareExchange', 'peek in step', 'peek in until'] as const;
  const writes = [
    'store',
    'same store',
    'exchange',
    'compareExchange',
    'fetchAdd 0',
    'update',
    'poke in step',
  ] as const;
  type Access = (typeof reads)[number] | (typeof writes)[number];

  const pairs = [...reads, ...writes].flatMap((a) =>
    [...reads, ...writes].map((b) => [a, b] as const),
  );

  it.each(pairs)('should make %s and %s dependent exactly if one writes', (a, b) => {
    const isRead = (access: Access): boolean => (reads as readonly Access[]).includes(access);
    const result = dependent((sim) => {
      const x = sim.atomic('x', 0);
      const access = (what: Access) => (): Operation => {
        switch (what) {
          case 'load':
            return x.load();
          case 'failed compareExchange':
            return x.compareExchange(99, 98);
          case 'peek in step':
            return sim.step('look', () => x.peek());
          case 'peek in until':
            return sim.until(() => x.peek() < 1000);
          case 'store':
            return x.store(1);
          case 'same store':
            return x.store(0);
          case 'exchange':
            return x.exchange(0);
          case 'compareExchange':
            // Succeeds unless the other store came first: it is a write of an equal value.
            return x.compareExchange(0, 0);
          case 'fetchAdd 0':
            return x.fetchAdd(0);
          case 'update':
            return x.update((v) => v);
          case 'poke in step':
            return sim.step('change', () => x.poke(0));
        }
      };
      return { A: [access(a)], B: [access(b)] };
    });
    expect(result).toBe(!isRead(a) || !isRead(b));
  });

  it('should make accesses of different variables independent', () => {
    const result = dependent((sim) => {
      const x = sim.atomic('x', 0);
      const y = sim.atomic('y', 0);
      return { A: [() => x.store(1)], B: [() => y.store(1)] };
    });
    expect(result).toBe(false);
  });
});
