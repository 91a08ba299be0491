import type { TimerDesign } from '../../mainloop/timer.js';
import { reference, unreference } from '../../qom/lifetime.js';
import { timerInIothread } from './iothread.js';

/**
 * D35 as glib does it: an armed timer references its owner until it is deleted or its callback has returned, and the loop's lock is
 * dropped for the callback and for whatever the end of a reference does. Argued by Paolo Bonzini, 2012.
 *
 * Source: glib/gmain.c:g_main_dispatch, g_source_destroy, with the owner as the callback's data.
 */
export const glib: TimerDesign = {
  ...timerInIothread,
  name: 'glib',
  *dispatch(list, timer) {
    const { lock } = list;
    yield* lock.unlock();
    yield* list.call(timer);
    yield* unreference(timer.owner());
    yield* lock.lock();
  },
  *armed(_list, { owner }) {
    yield* reference(owner());
  },
  *deleted({ lock }, { owner }, wasArmed) {
    if (!wasArmed) return;
    yield* lock.unlock();
    yield* unreference(owner());
    yield* lock.lock();
  },
};
