import type { Routine } from '../../../src/index.js';
import type { QemuTimer, TimerDesign, TimerList } from '../../mainloop/timer.js';
import { timerInIothread } from './iothread.js';

/**
 * D33. timer_del returns when the callback does not run and the timer is not armed, as Linux's hrtimer_cancel does. Argued by Jan Kiszka
 * and Avi Kivity, 2012. Nobody needs a reference then, and nobody may delete under a lock that the callback takes.
 */
export const waitingDeletion: TimerDesign = {
  ...timerInIothread,
  name: 'waiting-deletion',
  *dispatch(list, timer) {
    const { lock, running, ended, clock } = list;
    const { self } = clock.sim;
    yield* running.write({ name: `${timer.name} in ${self}`, timer, thread: self });
    yield* lock.unlock();
    yield* list.call(timer);
    yield* lock.lock();
    yield* running.write(undefined);
    yield* ended.broadcast();
  },
  deleted: (list, timer) => waitForCallback(list, timer, false),
};

/** D33, and a callback that deletes its own timer does not wait for itself. */
export const waitingForOthers: TimerDesign = {
  ...waitingDeletion,
  name: 'waiting-for-others',
  deleted: (list, timer) => waitForCallback(list, timer, true),
};

/** Waits, with the list's lock given back meanwhile, and deletes again what the callback may have armed. */
function* waitForCallback(list: TimerList, timer: QemuTimer, exceptOwn: boolean): Routine {
  const now = yield* list.running.read();
  if (now?.timer !== timer || (exceptOwn && now.thread === list.clock.sim.self)) return;
  yield* list.ended.wait();
  yield* list.delLocked(timer);
}
