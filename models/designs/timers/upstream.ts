import type { TimerDesign } from '../../mainloop/timer.js';

/**
 * Upstream as it is: the list's lock is dropped for the callback, timer_del only takes the timer out of the list, and nobody is
 * referenced. Callbacks of devices run in the main loop, so that whoever deletes under the big lock knows that none runs.
 *
 * Upstream: util/qemu-timer.c:timerlist_run_timers, timer_del.
 */
export const timerUpstream: TimerDesign = {
  name: 'upstream',
  thread: 'main loop',
  instances: 1,
  *dispatch(list, timer) {
    const { lock } = list;
    yield* lock.unlock();
    yield* list.call(timer);
    yield* lock.lock();
  },
  *armed() {},
  *deleted() {},
};
