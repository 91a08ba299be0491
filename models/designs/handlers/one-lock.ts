import { type HandlerDesign, plainRules } from '../../mainloop/handler.js';
import { handlersInIothread } from './iothread.js';

/**
 * D35 for handlers: one lock for the whole loop, held while callbacks run, so that whoever has it knows that none does. Argued by Anthony
 * Liguori, 2012.
 */
export const handlersOneLock: HandlerDesign = {
  ...handlersInIothread,
  name: 'one-lock',
  rules(machine) {
    const lock = machine.sim.mutex('loop lock');
    return {
      ...plainRules,
      *dispatch(_handler, look, call) {
        yield* lock.lock();
        const found = yield* look();
        if (found) yield* call();
        yield* lock.unlock();
        return found;
      },
      *removal(take) {
        yield* lock.lock();
        yield* take();
        yield* lock.unlock();
      },
    };
  },
};
