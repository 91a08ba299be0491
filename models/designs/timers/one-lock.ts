import type { TimerDesign } from '../../mainloop/timer.js';
import { timerInIothread } from './iothread.js';

/**
 * D35. One lock for the whole loop, held while callbacks run, so that whoever has it knows that none does. Argued by Anthony Liguori,
 * 2012; Avi Kivity answered that the lock must be dropped to dispatch.
 */
export const oneLock: TimerDesign = {
  ...timerInIothread,
  name: 'one-lock',
  dispatch: (list, timer) => list.call(timer),
};
