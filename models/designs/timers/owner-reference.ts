import type { TimerDesign } from '../../mainloop/timer.js';
import { reference, unreference } from '../../qom/lifetime.js';
import { timerInIothread } from './iothread.js';

/**
 * D34. The core has a lock of its own, under which it takes a reference on the callback's owner before it drops the lock. Argued by
 * Avi Kivity, 2012. The thread that runs timers may find itself with the last reference.
 */
export const ownerReference: TimerDesign = {
  ...timerInIothread,
  name: 'owner-reference',
  *dispatch(list, timer) {
    const { lock } = list;
    const object = timer.owner();
    yield* reference(object);
    yield* lock.unlock();
    yield* list.call(timer);
    yield* unreference(object);
    yield* lock.lock();
  },
};
