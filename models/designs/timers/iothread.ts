import type { TimerDesign } from '../../mainloop/timer.js';
import { timerUpstream } from './upstream.js';

/**
 * Upstream's list in an event loop that runs without the big lock, as every AioContext has one: it is left to the owner to keep away
 * from its own callbacks.
 *
 * Upstream: util/aio-posix.c:aio_poll, timerlistgroup_run_timers.
 */
export const timerInIothread: TimerDesign = {
  ...timerUpstream,
  name: 'iothread',
  thread: 'thread',
};
