import { describe, expect, it } from 'vitest';
import {
  type QemuClock,
  type TimerList,
  timerPending,
  timerUpstream,
} from '../../../models/index.js';
import type { Routine, Sim } from '../../../src/index.js';
import { wrongWith } from '../support.js';
import { clockOf, loopOf, ownerOf } from './support.js';

/** A main loop that has nothing left to do is done. */
const service = { service: true };

function* runAll(list: TimerList): Routine {
  for (let progress = true; progress; ) progress = yield* list.run(true);
}

function* noting(log: string[], what: string): Routine {
  log.push(what);
}

/** The main thread alone, with a clock and one of its lists. */
function alone(body: (list: TimerList, clock: QemuClock, sim: Sim) => Routine) {
  return (sim: Sim): void => {
    const clock = clockOf(sim);
    const list = clock.list('timers', timerUpstream);
    sim.thread('main', () => body(list, clock, sim));
  };
}

describe('TimerList', () => {
  it('should fire in order of expiry, whatever the order of arming', () => {
    const log: string[] = [];
    const orders = new Set<string>();
    const setup = alone(function* (list, _clock, sim) {
      log.length = 0;
      const names = ['c', 'a', 'b'];
      const callbacks = Object.fromEntries(names.map((name) => [name, () => noting(log, name)]));
      const { timers } = yield* ownerOf(sim, callbacks);
      for (const [name, at] of [
        ['c', 30],
        ['a', 10],
        ['b', 10],
      ] as const) {
        yield* list.mod(timers[name]!, at);
      }
      yield* runAll(list);
      orders.add(log.join(''));
    });
    expect(wrongWith(setup)).toEqual([]);
    expect([...orders]).toEqual(['abc']);
  });

  it('should run in one turn what has expired when it begins, and any number may have', () => {
    const turns = new Set<string>();
    const setup = alone(function* (list, _clock, sim) {
      const log: string[] = [];
      const callbacks = { a: () => noting(log, 'a'), b: () => noting(log, 'b') };
      const { timers } = yield* ownerOf(sim, callbacks);
      yield* list.mod(timers.a!, 10);
      yield* list.mod(timers.b!, 20);
      yield* list.run(false);
      turns.add(log.join(''));
    });
    expect(wrongWith(setup)).toEqual([]);
    expect([...turns].sort()).toEqual(['', 'a', 'ab']);
  });

  it('should move a timer that is armed again, and forget one that is deleted', () => {
    const log: string[] = [];
    const setup = alone(function* (list, _clock, sim) {
      log.length = 0;
      const callbacks = {
        moved: () => noting(log, 'moved'),
        deleted: () => noting(log, 'deleted'),
        other: () => noting(log, 'other'),
      };
      const { timers } = yield* ownerOf(sim, callbacks);
      yield* list.mod(timers.moved!, 10);
      yield* list.mod(timers.deleted!, 15);
      yield* list.mod(timers.other!, 20);
      yield* list.mod(timers.moved!, 30);
      yield* list.del(timers.deleted!);
      sim.assert(!(yield* timerPending(timers.deleted!)), 'it is still pending');
      sim.assert(yield* timerPending(timers.moved!), 'it is not pending');
      yield* runAll(list);
    });
    expect(wrongWith(setup)).toEqual([]);
    expect(log).toEqual(['other', 'moved']);
  });

  it('should run again what its callback armed for a time that is past, and keep the rest for later', () => {
    const log: string[] = [];
    const setup = alone(function* (list, clock, sim) {
      log.length = 0;
      const { timers } = yield* ownerOf(sim, {
        *again(): Routine {
          log.push('again');
          if (log.length < 2) yield* list.mod(timers.again!, yield* clock.now.load());
          else yield* list.mod(timers.again!, 1000);
        },
      });
      yield* list.mod(timers.again!, 10);
      yield* list.run(true);
      sim.assert(yield* timerPending(timers.again!), 'it was run too early');
    });
    expect(wrongWith(setup)).toEqual([]);
    expect(log).toEqual(['again', 'again']);
  });

  it('should touch the timers that are armed before the new one, in whatever memory they are', () => {
    const setup = alone(function* (list, _clock, sim) {
      const dead = yield* ownerOf(sim, { early: () => noting([], '') });
      const { timers } = yield* ownerOf(sim, { late: () => noting([], '') });
      yield* list.mod(dead.timers.early!, 10);
      yield* sim.free(dead.object.block);
      yield* list.mod(timers.late!, 20);
    });
    expect(wrongWith(setup)).toEqual(['use-after-free: owner']);
  });
});

describe('qemu_clock_enable', () => {
  /** One thread runs timers, another disables the clock, and says so by a mark. */
  function disabling(inCallback: (clock: QemuClock) => Routine) {
    return (sim: Sim): void => {
      const { bigLock } = loopOf(sim);
      const clock = clockOf(sim, bigLock);
      const list = clock.list('timers', timerUpstream);
      const device = sim.plain('device', 0);
      sim.thread('main', function* () {
        yield* bigLock.lock();
        const { timers } = yield* ownerOf(sim, {
          *timer() {
            yield* device.read();
            yield* inCallback(clock);
          },
        });
        yield* list.mod(timers.timer!, 10);
        yield* sim.spawn('timers', () => bigLock.guard(() => runOnce(list)));
        yield* bigLock.unlock();
        yield* bigLock.guard(() => clock.disable());
        yield* device.write(1);
      });
    };
  }

  function* runOnce(list: TimerList): Routine {
    yield* list.run(true);
  }

  it('should return when no callback runs', () => {
    expect(wrongWith(disabling(function* () {}))).toEqual([]);
  });

  it('should hang when a callback calls it', () => {
    const hangs = ['deadlock: BQL, the running timers'];
    expect(wrongWith(disabling((clock) => clock.disable()))).toEqual(hangs);
  });
});

describe('MainLoop', () => {
  it('should run the timers of its lists when nothing else is left to do', () => {
    const log: string[] = [];
    const setup = (sim: Sim): void => {
      const { bigLock, loop } = loopOf(sim);
      const clock = clockOf(sim, bigLock);
      const [devices, block] = [
        clock.list('devices', timerUpstream),
        clock.list('block', timerUpstream),
      ];
      loop.addTimers(devices);
      loop.context.addTimers(block);
      sim.thread(
        'main',
        function* () {
          log.length = 0;
          yield* bigLock.lock();
          const callbacks = {
            device: () => noting(log, 'device'),
            block: () => noting(log, 'block'),
          };
          const { timers } = yield* ownerOf(sim, callbacks);
          yield* devices.mod(timers.device!, 10);
          yield* block.mod(timers.block!, 20);
          yield* loop.run([]);
        },
        service,
      );
    };
    expect(wrongWith(setup)).toEqual([]);
    expect([...log].sort()).toEqual(['block', 'device']);
  });

  it('should not run the timers of devices in a nested poll, but those of its context', () => {
    const setup = (sim: Sim): void => {
      const { bigLock, loop } = loopOf(sim);
      const clock = clockOf(sim, bigLock);
      const [devices, block] = [
        clock.list('devices', timerUpstream),
        clock.list('block', timerUpstream),
      ];
      loop.addTimers(devices);
      loop.context.addTimers(block);
      const fired = sim.atomic('fired', false);
      sim.thread('main', function* () {
        yield* bigLock.lock();
        const { timers } = yield* ownerOf(sim, {
          device: () => sim.fail('a timer of a device in a nested poll'),
          *block() {
            yield* fired.store(true);
          },
        });
        yield* devices.mod(timers.device!, 10);
        yield* block.mod(timers.block!, 20);
        yield* loop.context.waitWhile(() => !fired.peek());
        yield* bigLock.unlock();
      });
    };
    expect(wrongWith(setup)).toEqual([]);
  });

  it('should fire a timer before a command or after it', () => {
    const orders = new Set<string>();
    const setup = (sim: Sim): void => {
      const { bigLock, loop } = loopOf(sim);
      const list = clockOf(sim, bigLock).list('devices', timerUpstream);
      loop.addTimers(list);
      const log: string[] = [];
      sim.thread(
        'main',
        function* () {
          yield* bigLock.lock();
          const { timers } = yield* ownerOf(sim, { timer: () => noting(log, 'timer') });
          yield* list.mod(timers.timer!, 10);
          yield* loop.run([{ execute: () => noting(log, 'command') }]);
        },
        service,
      );
      sim.finally(() => {
        orders.add(log.join(' '));
      });
    };
    expect(wrongWith(setup)).toEqual([]);
    expect([...orders].sort()).toEqual(['command timer', 'timer command']);
  });
});
