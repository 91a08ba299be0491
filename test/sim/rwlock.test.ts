import { describe, expect, it } from 'vitest';
import type { Operation, RwLock } from '../../src/index.js';
import { dependencies } from './footprints.js';
import { doing, exploreAll, found, outcomes, violationsOf } from './support.js';

describe('rwlock', () => {
  it('should admit many readers or one writer', () => {
    const together = new Set<string>();
    const report = exploreAll((sim) => {
      const l = sim.rwlock('l');
      const readers = sim.atomic('readers', 0);
      const writers = sim.atomic('writers', 0);
      for (const name of ['R1', 'R2']) {
        sim.thread(
          name,
          doing(
            () => l.readLock(),
            () => readers.fetchAdd(1),
            () => readers.fetchAdd(-1),
            () => l.readUnlock(),
          ),
        );
      }
      sim.thread(
        'W',
        doing(
          () => l.writeLock(),
          () => writers.fetchAdd(1),
          () => writers.fetchAdd(-1),
          () => l.writeUnlock(),
        ),
      );
      sim.invariant('look', () => void together.add(`${readers.peek()}/${writers.peek()}`));
    });
    expect(report.verdict).toBe('verified');
    expect([...together].sort()).toEqual(['0/0', '0/1', '1/0', '2/0']);
  });

  it('should exclude writers from each other', () => {
    const ends = outcomes((sim) => {
      const l = sim.rwlock('l');
      const x = sim.atomic('x', 0);
      for (const name of ['A', 'B']) {
        sim.thread(name, function* () {
          yield* l.writeLock();
          yield* x.store((yield* x.load()) + 1);
          yield* l.writeUnlock();
        });
      }
      return () => x.peek();
    });
    expect(ends).toEqual(['2']);
  });

  it('should let a reader enter again while it reads', () => {
    expect(
      violationsOf((sim) => {
        const l = sim.rwlock('l');
        sim.thread(
          'A',
          doing(
            () => l.readLock(),
            () => l.readLock(),
            () => l.readUnlock(),
            () => l.readUnlock(),
          ),
        );
        sim.thread(
          'W',
          doing(
            () => l.writeLock(),
            () => l.writeUnlock(),
          ),
        );
      }),
    ).toEqual([]);
  });

  it('should keep a writer out until a reader has left as often as it entered', () => {
    const report = exploreAll((sim) => {
      const l = sim.rwlock('l');
      const inside = sim.atomic('inside', 0);
      sim.thread(
        'R',
        doing(
          () => l.readLock(),
          () => l.readLock(),
          () => l.readUnlock(),
          () => inside.load(),
          () => l.readUnlock(),
        ),
      );
      sim.thread(
        'W',
        doing(
          () => l.writeLock(),
          () => l.writeUnlock(),
        ),
      );
    });
    // The writer comes before all or after all.
    expect(report.executions).toBe(2);
  });

  const misuses: Record<string, (l: RwLock) => readonly (() => Operation)[]> = {
    'readUnlock without holding': (l) => [() => l.readUnlock()],
    'writeUnlock without holding': (l) => [() => l.writeUnlock()],
    'readUnlock of the writer': (l) => [() => l.writeLock(), () => l.readUnlock()],
    'writeUnlock of a reader': (l) => [() => l.readLock(), () => l.writeUnlock()],
    'writeLock twice': (l) => [() => l.writeLock(), () => l.writeLock()],
    'readLock of the writer': (l) => [() => l.writeLock(), () => l.readLock()],
    'writeLock of a reader': (l) => [() => l.readLock(), () => l.writeLock()],
  };
  it.each(Object.entries(misuses))('should be misused by %s', (_name, make) => {
    const report = exploreAll((sim) => {
      const l = sim.rwlock('l');
      sim.thread('A', doing(...make(l)));
    });
    expect(found(report)).toEqual(['lock-misuse: l']);
    expect(report.deadlocks).toBe(0);
  });

  it('should be misused by writeUnlock while another thread writes', () => {
    const report = exploreAll((sim) => {
      const l = sim.rwlock('l');
      sim.thread(
        'A',
        doing(
          () => l.writeLock(),
          () => l.writeUnlock(),
        ),
      );
      sim.thread(
        'B',
        doing(() => l.writeUnlock()),
      );
    });
    expect(found(report)).toEqual(['lock-misuse: l']);
  });

  it('should name the deadlock of a reader and a writer', () => {
    const found = violationsOf((sim) => {
      const l = sim.rwlock('l');
      const m = sim.mutex('m');
      sim.thread(
        'R',
        doing(
          () => l.readLock(),
          () => m.lock(),
          () => m.unlock(),
          () => l.readUnlock(),
        ),
      );
      sim.thread(
        'W',
        doing(
          () => m.lock(),
          () => l.writeLock(),
          () => l.writeUnlock(),
          () => m.unlock(),
        ),
      );
    });
    expect(found).toEqual(['deadlock: l, m']);
  });

  /** A thread that reads, and does nothing else. */
  const reading = (l: RwLock) =>
    doing(
      () => l.readLock(),
      () => l.readUnlock(),
    );

  it('should show an invariant who holds it, readers that commute included', () => {
    const held = new Set<string>();
    const wrong = violationsOf((sim) => {
      const l = sim.rwlock('l');
      sim.thread('A', reading(l));
      sim.thread('B', reading(l));
      sim.thread(
        'W',
        doing(
          () => l.writeLock(),
          () => l.writeUnlock(),
        ),
      );
      sim.invariant('one at a time', () => {
        held.add([...l.holders].sort().join());
        return l.holders.length < 2;
      });
    });
    expect(wrong).toEqual(['invariant: one at a time']);
    expect([...held].sort()).toEqual(['', 'A', 'A,B', 'B', 'W']);
  });

  it('should order readers and who looks at them', () => {
    const seen = outcomes((sim) => {
      const l = sim.rwlock('l');
      let holders = '';
      sim.thread('A', reading(l));
      sim.thread('B', function* () {
        yield* sim.until(() => l.holders.length === 0);
        holders = yield* sim.step('look', () => l.holders.join());
      });
      return () => holders;
    });
    expect(seen).toEqual(['""', '"A"']);
  });

  it('should let readLock and readUnlock commute with each other and nothing else', () => {
    const after = dependencies(
      (sim) => {
        const l = sim.rwlock('l');
        sim.thread(
          'A',
          doing(
            () => l.readLock(),
            () => l.readUnlock(),
          ),
        );
        sim.thread(
          'B',
          doing(
            () => l.readLock(),
            () => l.readUnlock(),
          ),
        );
        sim.thread(
          'W',
          doing(
            () => l.writeLock(),
            () => l.writeUnlock(),
          ),
        );
        sim.thread(
          'X',
          doing(
            () => l.readLock(),
            () => l.readUnlock(),
          ),
        );
      },
      ['A', 'B', 'A', 'B', 'W', 'W', 'X', 'X'],
    );
    expect(after.slice(0, 4)).toEqual([[], [], [0], [1]]);
    // The order after all readers may follow from program order; it has to be there.
    for (const before of [2, 3]) expect(after[4]).toContain(before);
    expect(after[5]).toContain(4);
    expect(after[6]).toContain(5);
  });
});
