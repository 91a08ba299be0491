import type { TimerDesign } from '../../mainloop/timer.js';
import { timerUpstream } from './upstream.js';

/**
 * D34. A timer core that knows no big lock, and a wrapper for the devices of old, which takes it around their callbacks. Argued by
 * Anthony Liguori, 2012. Between taking the timer out of the list and taking the big lock the callback belongs to nobody.
 */
export const bigLockWrapper: TimerDesign = {
  ...timerUpstream,
  name: 'big-lock-wrapper',
  thread: 'thread, big lock for the callback',
  *dispatch(list, timer) {
    const { lock, clock } = list;
    yield* lock.unlock();
    yield* clock.bigLock.guard(() => list.call(timer));
    yield* lock.lock();
  },
};
