import { describe, expect, it } from 'vitest';
import type { Block, Operation, Sim } from '../../src/index.js';
import { dependencies, dependent } from './footprints.js';
import { doing, exploreAll, found, outcomes, violationsOf } from './support.js';

/** Every way to touch a part of a block: the part is made first, the operation later. */
const touches: Record<string, (block: Block, sim: Sim) => () => Operation> = {
  'atomic.load': (block) => {
    const x = block.atomic('x', 0);
    return () => x.load();
  },
  'atomic.store': (block) => {
    const x = block.atomic('x', 0);
    return () => x.store(1);
  },
  'atomic.compareExchange': (block) => {
    const x = block.atomic('x', 0);
    return () => x.compareExchange(1, 2);
  },
  'plain.read': (block) => {
    const x = block.plain('x', 0);
    return () => x.read();
  },
  'plain.write': (block) => {
    const x = block.plain('x', 0);
    return () => x.write(1);
  },
  'mutex.lock': (block) => {
    const m = block.mutex('m');
    return () => m.lock();
  },
  'mutex.tryLock': (block) => {
    const m = block.mutex('m');
    return () => m.tryLock();
  },
  'refcount.get': (block) => {
    const r = block.refcount('r', 1);
    return () => r.get();
  },
  'refcount.tryGet': (block) => {
    const r = block.refcount('r', 0);
    return () => r.tryGet();
  },
  'refcount.put': (block) => {
    const r = block.refcount('r', 1);
    return () => r.put();
  },
  'a peek in step': (block, sim) => {
    const x = block.atomic('x', 0);
    return () => sim.step('look', () => x.peek());
  },
  'a poke in step': (block, sim) => {
    const x = block.atomic('x', 0);
    return () => sim.step('change', () => x.poke(1));
  },
  'a peek in until': (block, sim) => {
    const x = block.atomic('x', 0);
    return () => sim.until(() => x.peek() === 0);
  },
  'an embedded part': (block) => {
    const x = block.embed('inner').atomic('x', 0);
    return () => x.load();
  },
};

const ends: readonly [string, (sim: Sim, block: Block) => Operation][] = [
  ['freed', (sim, block) => sim.free(block)],
  ['retired', (_sim, block) => block.retire()],
];

describe('block', () => {
  it('should be allocated and freed in one step each', () => {
    const report = exploreAll((sim) => {
      sim.thread('A', function* () {
        const block = yield* sim.alloc('b');
        const x = block.atomic('x', 7);
        sim.assert((yield* x.load()) === 7, 'a part has its initial value');
        yield* sim.free(block);
      });
    });
    expect(report).toMatchObject({ verdict: 'verified', executions: 1, steps: 3 });
  });

  const all = Object.entries(touches).flatMap(([touch, make]) =>
    ends.map(([state, end]) => [touch, state, make, end] as const),
  );
  it.each(all)('should be used after free by %s of what was %s', (_touch, _state, make, end) => {
    const after = exploreAll((sim) => {
      const block = sim.block('b');
      const touch = make(block, sim);
      sim.thread(
        'A',
        doing(() => end(sim, block), touch),
      );
    });
    expect(after.violations.map(({ kind }) => kind)).toEqual(['use-after-free']);
    expect(after.violations[0]?.property).toMatch(/^b\b/);
    expect(after.steps).toBe(2);
    const before = exploreAll((sim) => {
      const block = sim.block('b');
      const touch = make(block, sim);
      sim.thread('A', doing(touch));
    });
    expect(before.verdict).toBe('verified');
  });

  it.each(all)('should have %s conflict with its being %s', (_touch, _state, make, end) => {
    const touchFirst = dependent((sim) => {
      const block = sim.block('b');
      return { A: [make(block, sim)], B: [() => end(sim, block)] };
    });
    const endFirst = dependent((sim) => {
      const block = sim.block('b');
      const touch = make(block, sim);
      return { A: [() => end(sim, block)], B: [touch] };
    });
    expect([touchFirst, endFirst]).toEqual([true, true]);
  });

  it.each(ends)('should not leave a thread blocked on a part of what is %s', (_state, end) => {
    const blocked: Record<string, (sim: Sim, block: Block) => () => Operation> = {
      event: (_, block) => {
        const e = block.event('e');
        return () => e.wait();
      },
      semaphore: (_, block) => {
        const s = block.semaphore('s', 0);
        return () => s.wait();
      },
    };
    for (const make of Object.values(blocked)) {
      const found = violationsOf((sim) => {
        const block = sim.block('b');
        sim.thread('A', doing(make(sim, block)));
        sim.thread(
          'B',
          doing(() => end(sim, block)),
        );
      });
      expect(found).toEqual(['use-after-free: b']);
    }
  });

  it('should wake a waiter on a condition of a dead block into the error', () => {
    const found = violationsOf((sim) => {
      const block = sim.block('b');
      const m = sim.mutex('m');
      const c = block.condition('c', m);
      const waiting = sim.event('waiting');
      sim.thread(
        'A',
        doing(
          () => m.lock(),
          () => waiting.set(),
          () => c.wait(),
        ),
      );
      sim.thread(
        'B',
        doing(
          () => waiting.wait(),
          () => m.lock(),
          () => sim.free(block),
          () => m.unlock(),
        ),
      );
    });
    expect(found).toEqual(['use-after-free: b']);
  });

  it('should wake a waiter into the error when the mutex it would take again is dead', () => {
    const found = violationsOf((sim) => {
      const block = sim.block('b');
      const m = block.mutex('m');
      const c = sim.condition('c', m);
      const waiting = sim.event('waiting');
      sim.thread(
        'A',
        doing(
          () => m.lock(),
          () => waiting.set(),
          () => c.wait(),
        ),
      );
      sim.thread(
        'B',
        doing(
          () => waiting.wait(),
          () => m.lock(),
          () => c.signal(),
          () => block.retire(),
        ),
      );
    });
    expect(found).toEqual(['use-after-free: b']);
  });

  it('should change nothing by a use after free, and end the thread', () => {
    const report = exploreAll((sim) => {
      const block = sim.block('b');
      const x = sim.atomic('x', 0);
      const part = block.atomic('part', 0);
      sim.thread(
        'A',
        doing(
          () => sim.free(block),
          () => part.store(1),
          () => x.store(1),
        ),
      );
      sim.finally(() => sim.assert(x.peek() === 0, 'went on'));
    });
    expect(report.violations.map(({ kind }) => kind)).toEqual(['use-after-free']);
  });

  it('should be a double-free to free it twice', () => {
    const report = exploreAll((sim) => {
      const block = sim.block('b');
      for (const name of ['A', 'B'])
        sim.thread(
          name,
          doing(() => sim.free(block)),
        );
    });
    expect(found(report)).toEqual(['double-free: b']);
    expect(report).toMatchObject({ executions: 2, failing: 2 });
  });

  it('should be a double-free to free what is embedded, dead or alive', () => {
    const free = (first: boolean): string[] =>
      violationsOf((sim) => {
        const block = sim.block('b');
        const inner = block.embed('inner');
        sim.thread('A', function* () {
          if (first) yield* sim.free(block);
          yield* sim.free(inner);
        });
      });
    expect(free(false)).toHaveLength(1);
    expect(free(false)[0]).toMatch(/^double-free: .*inner/);
    expect(free(true)[0]).toMatch(/^double-free: .*inner/);
  });

  it('should leave the container usable when an embedded block could not be freed', () => {
    const report = exploreAll((sim) => {
      const block = sim.block('b');
      const inner = block.embed('inner');
      const x = inner.atomic('x', 1);
      const bad = sim.thread(
        'bad',
        doing(() => sim.free(inner)),
      );
      sim.thread(
        'good',
        doing(
          () => bad.join(),
          () => x.load(),
        ),
      );
    });
    expect(report.violations.map(({ kind }) => kind)).toEqual(['double-free']);
  });

  it('should kill everything embedded, however deep', () => {
    const found = violationsOf((sim) => {
      const block = sim.block('b');
      const deep = block.embed('i').embed('j').atomic('x', 0);
      sim.thread(
        'A',
        doing(
          () => sim.free(block),
          () => deep.load(),
        ),
      );
    });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^use-after-free/);
  });

  it.each(['mutex', 'embedded mutex', 'read lock', 'write lock'])(
    'should be misused by a free while a %s inside is held',
    (what) => {
      const report = exploreAll((sim) => {
        const block = sim.block('b');
        const inner = block.embed('inner');
        const m = (what === 'embedded mutex' ? inner : block).mutex('m');
        const l = block.rwlock('l');
        const lock = (): Operation =>
          what === 'read lock' ? l.readLock() : what === 'write lock' ? l.writeLock() : m.lock();
        sim.thread(
          'A',
          doing(lock, () => sim.free(block)),
        );
      });
      expect(report.violations.map(({ kind }) => kind)).toEqual(['lock-misuse']);
    },
  );

  it('should be free to go once its lock was given back', () => {
    const found = violationsOf((sim) => {
      const block = sim.block('b');
      const m = block.mutex('m');
      sim.thread(
        'A',
        doing(
          () => m.lock(),
          () => m.unlock(),
          () => sim.free(block),
        ),
      );
    });
    expect(found).toEqual([]);
  });

  it('should be freed after it was retired, and not retired after it was freed', () => {
    const order = (...what: ('free' | 'retire')[]): string[] =>
      violationsOf((sim) => {
        const block = sim.block('b');
        const act = { free: () => sim.free(block), retire: () => block.retire() };
        sim.thread('A', doing(...what.map((each) => act[each])));
      });
    expect(order('retire', 'free')).toEqual([]);
    expect(order('free', 'retire')).toEqual(['use-after-free: b']);
    expect(order('retire', 'retire')).toEqual(['use-after-free: b']);
    expect(order('retire', 'free', 'free')).toEqual(['double-free: b']);
  });

  it('should retire what is embedded together with its container, and alone', () => {
    const retire = (what: 'inner' | 'outer', touch: 'inner' | 'outer'): string[] =>
      violationsOf((sim) => {
        const outer = sim.block('b');
        const inner = outer.embed('inner');
        const x = { inner: inner.atomic('x', 0), outer: outer.atomic('y', 0) };
        const blocks = { inner, outer };
        sim.thread(
          'A',
          doing(
            () => blocks[what].retire(),
            () => x[touch].load(),
          ),
        );
      });
    expect(retire('outer', 'inner')).toHaveLength(1);
    expect(retire('outer', 'outer')).toHaveLength(1);
    expect(retire('inner', 'inner')).toHaveLength(1);
    expect(retire('inner', 'outer')).toEqual([]);
  });

  it('should say whether it is alive, without failing', () => {
    const ends = outcomes((sim) => {
      const [a, b, c] = ['a', 'b', 'c'].map((name) => sim.block(name));
      const inner = b!.embed('inner');
      sim.thread(
        'A',
        doing(
          () => sim.free(a!),
          () => b!.retire(),
        ),
      );
      sim.invariant('looks', () => [a, b, c].every((block) => typeof block!.alive === 'boolean'));
      return () => [a!.alive, b!.alive, inner.alive, c!.alive];
    });
    expect(ends).toEqual(['[false,false,false,true]']);
  });

  it('should be used after free by a peek at a dead part, wherever peeks are allowed', () => {
    const peekIn = (where: 'invariant' | 'finally' | 'until' | 'step' | 'message' | 'log') =>
      exploreAll((sim) => {
        const block = sim.block('b');
        const x = block.atomic('x', 0);
        sim.thread('A', function* () {
          yield* sim.free(block);
          if (where === 'until') yield* sim.until(() => x.peek() === 0);
          if (where === 'step') yield* sim.step('look', () => x.peek());
          if (where === 'message') sim.fail(() => `x is ${x.peek()}`);
          if (where === 'log') sim.log(() => `x is ${x.peek()}`);
        });
        if (where === 'invariant') sim.invariant('looks', () => x.peek() === 0);
        if (where === 'finally') sim.finally(() => sim.assert(x.peek() === 0, 'zero'));
      });
    for (const where of ['invariant', 'finally', 'until', 'step', 'message', 'log'] as const) {
      expect(found(peekIn(where)), where).toEqual(['use-after-free: b']);
    }
  });

  it('should say where it was allocated, freed and used', () => {
    const { violations } = exploreAll((sim) => {
      sim.thread('A', function* () {
        const block = yield* sim.alloc('b');
        const x = block.atomic('x', 0);
        yield* sim.pause();
        yield* sim.free(block);
        yield* x.load();
      });
    });
    const [{ details, message, steps }] = violations as [(typeof violations)[number]];
    expect(steps).toBe(4);
    expect(message).toContain('freed');
    expect(details.join('\n')).toMatch(/allocated.*step 1.*A/);
    expect(details.join('\n')).toMatch(/freed.*step 3.*A/);
  });
});

describe('leak', () => {
  const leave = (about: { leakCheck?: boolean }, setup: (sim: Sim) => void): string[] =>
    violationsOf(setup, about);

  it('should be found only when asked for', () => {
    const setup = (sim: Sim): void => {
      sim.block('made at first');
      sim.thread(
        'A',
        doing(() => sim.alloc('made later')),
      );
    };
    expect(leave({}, setup)).toEqual([]);
    expect(leave({ leakCheck: true }, setup)).toEqual(['leak: made at first', 'leak: made later']);
  });

  it('should not be what was freed, nor what is embedded in it', () => {
    const found = leave({ leakCheck: true }, (sim) => {
      const block = sim.block('b');
      block.embed('inner');
      sim.thread(
        'A',
        doing(() => sim.free(block)),
      );
    });
    expect(found).toEqual([]);
  });

  it('should be a block that was only retired, once for the whole of it', () => {
    const found = leave({ leakCheck: true }, (sim) => {
      const block = sim.block('b');
      block.embed('inner');
      sim.thread(
        'A',
        doing(() => block.retire()),
      );
    });
    expect(found).toEqual(['leak: b']);
  });

  it('should be found on the one path that forgets', () => {
    const report = exploreAll(
      (sim) => {
        sim.thread('A', function* () {
          const block = yield* sim.alloc('b');
          if ((yield* sim.choose(3)) !== 1) yield* sim.free(block);
        });
      },
      {},
      { leakCheck: true },
    );
    expect(report).toMatchObject({ executions: 3, failing: 1 });
    expect(found(report)).toEqual(['leak: b']);
  });

  it('should not be reported after a deadlock or where a violation ended a thread', () => {
    const deadlock = leave({ leakCheck: true }, (sim) => {
      sim.block('b');
      sim.thread(
        'A',
        doing(() => sim.event('never').wait()),
      );
    });
    expect(deadlock).toEqual(['deadlock: never']);
    const failed = leave({ leakCheck: true }, (sim) => {
      const block = sim.block('b');
      sim.thread('A', function* () {
        yield* sim.pause();
        sim.fail('before it is freed');
        yield* sim.free(block);
      });
    });
    expect(failed).toEqual(['assertion: before it is freed']);
  });

  it('should name who took references', () => {
    const { violations } = exploreAll(
      (sim) => {
        const block = sim.block('b');
        const r = block.refcount('r', 1);
        sim.thread(
          'A',
          doing(() => r.get()),
        );
        sim.thread('B', function* () {
          if (yield* r.put()) yield* sim.free(block);
        });
      },
      {},
      { leakCheck: true },
    );
    const leak = violations.find(({ kind }) => kind === 'leak');
    expect(leak?.details.join('\n')).toMatch(/step \d+ by A/);
  });
});

describe('footprint of block', () => {
  it('should make free and retire conflict with each other', () => {
    for (const first of ['free', 'retire'] as const) {
      for (const second of ['free', 'retire'] as const) {
        const result = dependent((sim) => {
          const block = sim.block('b');
          const act = { free: () => sim.free(block), retire: () => block.retire() };
          return { A: [act[first]], B: [act[second]] };
        });
        expect(result, `${first}, ${second}`).toBe(true);
      }
    }
  });

  it('should make allocations independent of everything', () => {
    const after = dependencies(
      (sim) => {
        const block = sim.block('b');
        sim.thread(
          'A',
          doing(() => sim.alloc('c')),
        );
        sim.thread(
          'B',
          doing(() => sim.alloc('c')),
        );
        sim.thread(
          'C',
          doing(() => sim.free(block)),
        );
      },
      ['A', 'B', 'C'],
    );
    expect(after).toEqual([[], [], []]);
  });

  it('should keep the parts of different blocks apart', () => {
    const result = dependent((sim) => {
      const [a, b] = ['a', 'b'].map((name) => sim.block(name));
      const x = b!.atomic('x', 0);
      return { A: [() => sim.free(a!)], B: [() => x.store(1)] };
    });
    expect(result).toBe(false);
  });

  it('should keep parts of one block apart from each other', () => {
    const result = dependent((sim) => {
      const block = sim.block('b');
      const [x, y] = [block.atomic('x', 0), block.embed('inner').atomic('y', 0)];
      return { A: [() => x.store(1)], B: [() => y.store(1)] };
    });
    expect(result).toBe(false);
  });

  it('should let a retired embedded block conflict with a look at whether it is alive', () => {
    const result = dependent((sim) => {
      const inner = sim.block('b').embed('inner');
      return { A: [() => inner.retire()], B: [() => sim.step('look', () => inner.alive)] };
    });
    expect(result).toBe(true);
  });

  it('should call an embedded block without a name by the name of its container', () => {
    const found = violationsOf((sim) => {
      const block = sim.block('b');
      const part = block.embed('');
      const x = part.atomic('x', 0);
      sim.thread('A', function* () {
        yield* part.retire();
        yield* x.load();
      });
    });
    expect(found).toEqual(['use-after-free: b']);
  });
});
