import { describe, expect, it } from 'vitest';
import { BigLock } from '../../models/index.js';
import { oneLockOrder } from '../../properties/index.js';
import type { Mutex, Sim } from '../../src/index.js';
import { wrongWith } from '../models/support.js';

const cycle = ['invariant: I12: locks are taken in one order'];

/** Each thread takes its locks one after another, inside a lock that keeps the threads apart, so that nothing hangs. */
function taking(orders: Readonly<Record<string, readonly string[]>>) {
  return (sim: Sim): void => {
    const bigLock = new BigLock(sim);
    const gate = sim.mutex('gate');
    const names = [...new Set(Object.values(orders).flat())];
    const locks = new Map<string, Mutex>(names.map((name) => [name, sim.mutex(name)]));
    oneLockOrder(sim, [bigLock, ...locks.values()]);
    for (const [thread, order] of Object.entries(orders)) {
      sim.thread(thread, function* () {
        yield* gate.lock();
        for (const name of order) yield* locks.get(name)!.lock();
        for (const name of order) yield* locks.get(name)!.unlock();
        yield* gate.unlock();
        yield* bigLock.lock();
        yield* bigLock.unlock();
      });
    }
  };
}

describe('oneLockOrder', () => {
  it('should hold of one order', () => {
    expect(wrongWith(taking({ A: ['x', 'y', 'z'], B: ['x', 'z'], C: ['y', 'z'] }))).toEqual([]);
  });

  it('should hold of locks that are not held together', () => {
    const apart = (sim: Sim): void => {
      const [x, y] = [sim.mutex('x'), sim.mutex('y')] as const;
      oneLockOrder(sim, () => [x, y]);
      sim.thread('A', function* () {
        for (const lock of [x, y, x]) {
          yield* lock.lock();
          yield* lock.unlock();
        }
      });
    };
    expect(wrongWith(apart)).toEqual([]);
  });

  it('should fail for two orders of two threads that never hang', () => {
    expect(wrongWith(taking({ A: ['x', 'y'], B: ['y', 'x'] }))).toEqual(cycle);
  });

  /** One thread reads and then locks; another locks and then takes the same to read, or to write. */
  function readingAndLocking(second: 'read' | 'write' | 'only read') {
    return (sim: Sim): void => {
      const gate = sim.mutex('gate');
      const map = sim.rwlock('map');
      const own = sim.mutex('own');
      oneLockOrder(sim, [map, own]);
      sim.thread('A', function* () {
        yield* gate.lock();
        yield* map.readLock();
        yield* own.lock();
        yield* own.unlock();
        yield* map.readUnlock();
        yield* gate.unlock();
      });
      sim.thread('B', function* () {
        yield* gate.lock();
        if (second !== 'only read') yield* own.lock();
        yield* second === 'write' ? map.writeLock() : map.readLock();
        yield* second === 'write' ? map.writeUnlock() : map.readUnlock();
        if (second !== 'only read') yield* own.unlock();
        yield* gate.unlock();
      });
    };
  }

  it('should see locks that are taken to read and to write', () => {
    expect(wrongWith(readingAndLocking('write'))).toEqual(cycle);
    expect(wrongWith(readingAndLocking('read'))).toEqual(cycle);
    expect(wrongWith(readingAndLocking('only read'))).toEqual([]);
  });

  it('should tell readers of one lock apart', () => {
    const shared = (sim: Sim): void => {
      const [map, x] = [sim.rwlock('map'), sim.mutex('x')] as const;
      oneLockOrder(sim, [map, x]);
      sim.thread('A', function* () {
        yield* map.readLock();
        yield* map.readUnlock();
      });
      sim.thread('B', function* () {
        yield* x.lock();
        yield* x.unlock();
        yield* map.readLock();
        yield* map.readUnlock();
      });
    };
    expect(wrongWith(shared)).toEqual([]);
  });

  it('should fail for a cycle of three', () => {
    expect(wrongWith(taking({ A: ['x', 'y'], B: ['y', 'z'], C: ['z', 'x'] }))).toEqual(cycle);
  });
});
