import { describe, expect, it } from 'vitest';
import { BigLock, CallRcu } from '../../../models/index.js';
import type { Sim } from '../../../src/index.js';
import { wrongWith } from '../support.js';

function rcuOf(sim: Sim): { bigLock: BigLock; callRcu: CallRcu } {
  const bigLock = new BigLock(sim);
  return { bigLock, callRcu: new CallRcu(sim, bigLock) };
}

describe('CallRcu', () => {
  it('should run callbacks in order, under the big lock', () => {
    const setup = (sim: Sim): void => {
      const { bigLock, callRcu } = rcuOf(sim);
      const next = sim.plain('next', 0);
      const callback = (expected: number) =>
        function* () {
          const value = yield* next.read();
          sim.assert(value === expected, 'out of order');
          yield* next.write(expected + 1);
        };
      sim.thread('main', function* () {
        yield* callRcu.call(callback(0));
        yield* callRcu.call(callback(1));
        yield* bigLock.lock();
        yield* next.read();
        yield* bigLock.unlock();
      });
      sim.finally(() => sim.assert(next.peek() === 2, 'a callback did not run'));
    };
    expect(wrongWith(setup)).toEqual([]);
  });

  it('should run no callback before the readers that could see what it frees have left', () => {
    const setup = (sim: Sim): void => {
      const { callRcu } = rcuOf(sim);
      const block = sim.block('old');
      const field = block.atomic('field', 0);
      const pointer = sim.atomic('pointer', true);
      sim.thread('reader', function* () {
        yield* callRcu.rcu.readLock();
        if (yield* pointer.load()) yield* field.load();
        yield* callRcu.rcu.readUnlock();
      });
      sim.thread('updater', function* () {
        yield* pointer.store(false);
        yield* callRcu.call(function* () {
          yield* sim.free(block);
        });
      });
    };
    expect(wrongWith(setup)).toEqual([]);
  });

  it('should wait for readers without the big lock, which they may want', () => {
    const setup = (sim: Sim): void => {
      const { bigLock, callRcu } = rcuOf(sim);
      sim.thread('vcpu', function* () {
        yield* callRcu.rcu.readLock();
        yield* bigLock.lock();
        yield* bigLock.unlock();
        yield* callRcu.rcu.readUnlock();
      });
      sim.thread('main', () => callRcu.call(function* () {}));
    };
    expect(wrongWith(setup)).toEqual([]);
  });

  it('should say so when it is stuck', () => {
    const setup = (sim: Sim): void => {
      const { bigLock, callRcu } = rcuOf(sim);
      sim.thread('main', function* () {
        yield* bigLock.lock();
        yield* callRcu.call(function* () {});
      });
    };
    expect(wrongWith(setup)).toEqual(['deadlock: BQL']);
  });
});

describe('drain_call_rcu', () => {
  it('should return when what was queued has run, with the big lock as before and free meanwhile', () => {
    const setup = (sim: Sim): void => {
      const { bigLock, callRcu } = rcuOf(sim);
      const state = sim.plain('state', 0);
      const between = sim.reachable('another thread under the big lock during the drain');
      sim.thread('main', function* () {
        yield* bigLock.lock();
        yield* callRcu.call(function* () {
          yield* state.write(1);
        });
        yield* callRcu.drain();
        sim.assert(bigLock.mine, 'the big lock is not held');
        sim.assert((yield* state.read()) !== 0, 'the callback has not run');
        yield* state.write(2);
        yield* bigLock.unlock();
      });
      sim.thread('other', () =>
        bigLock.guard(function* () {
          if ((yield* state.read()) === 1) between();
        }),
      );
    };
    expect(wrongWith(setup)).toEqual([]);
  });

  it.each([
    ['hang behind a reader that stays', false, ['deadlock: RCU, drain_complete_event']],
    ['have a reader leave that stays until it is told', true, []],
  ])('should %s', (_what, told, expected) => {
    const setup = (sim: Sim): void => {
      const { callRcu } = rcuOf(sim);
      const kicked = sim.atomic('kicked', false);
      if (told) {
        callRcu.onForce(function* () {
          yield* kicked.store(true);
        });
      }
      sim.thread('main', () => callRcu.drain());
      const stays = function* () {
        yield* callRcu.rcu.readLock();
        yield* sim.until(() => kicked.peek(), 'the kick');
        yield* callRcu.rcu.readUnlock();
      };
      // One that came after the grace period has nobody to kick it.
      sim.thread('vcpu', stays, { daemon: true });
    };
    expect(wrongWith(setup)).toEqual(expected);
  });

  it('should come too late for a reader that a grace period already waits for', () => {
    const setup = (sim: Sim): void => {
      const { callRcu } = rcuOf(sim);
      const kicked = sim.atomic('kicked', false);
      callRcu.onForce(function* () {
        yield* kicked.store(true);
      });
      sim.thread('vcpu', function* () {
        yield* callRcu.rcu.readLock();
        yield* callRcu.call(function* () {});
        yield* sim.spawn('main', () => callRcu.drain());
        yield* sim.until(() => kicked.peek(), 'the kick');
        yield* callRcu.rcu.readUnlock();
      });
    };
    expect(wrongWith(setup)).toEqual(['deadlock: RCU, drain_complete_event, the kick']);
  });

  it('should hang in a read section, and in a callback', () => {
    const inSection = (sim: Sim): void => {
      const { callRcu } = rcuOf(sim);
      sim.thread('main', function* () {
        yield* callRcu.rcu.readLock();
        yield* callRcu.drain();
      });
    };
    const inCallback = (sim: Sim): void => {
      const { callRcu } = rcuOf(sim);
      sim.thread('main', () => callRcu.call(() => callRcu.drain()));
    };
    expect(wrongWith(inSection)).toEqual(['deadlock: RCU, drain_complete_event']);
    expect(wrongWith(inCallback)).toEqual(['deadlock: drain_complete_event']);
  });
});
