import type { TimerDesign } from '../../mainloop/timer.js';
import { timerInIothread } from './iothread.js';

/**
 * D34. Several timer cores, each with a thread of its own priority and without the big lock; a device puts each timer where it is
 * urgent enough. Argued by Jan Kiszka, 2012. Two timers of one device may then run at the same time.
 */
export const prioritisedInstances: TimerDesign = {
  ...timerInIothread,
  name: 'prioritised-instances',
  instances: 2,
};
