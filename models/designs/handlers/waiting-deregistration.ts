import type { Machine } from '../../machine.js';
import {
  type Handler,
  type HandlerDesign,
  type HandlerRules,
  plainRules,
} from '../../mainloop/handler.js';
import { handlersInIothread } from './iothread.js';

/** A handler that is called, and by which thread. */
interface User {
  readonly handler: Handler;
  readonly thread: string;
}

/**
 * D18 for handlers: look and count under a lock, call outside it; who takes a handler out waits until nobody is counted for it. The
 * pattern that Jan Kiszka described in 2012 for memory, ports, files and events alike.
 */
export const handlersCounted: HandlerDesign = {
  ...handlersInIothread,
  name: 'waiting-deregistration',
  rules: (machine) => counting(machine, false),
};

/** D19 for handlers: D18, and a callback that takes its own handler out does not wait for itself. */
export const handlersCountedByOthers: HandlerDesign = {
  ...handlersInIothread,
  name: 'waiting-for-others',
  rules: (machine) => counting(machine, true),
};

function counting({ sim }: Machine, exceptOwn: boolean): HandlerRules {
  const lock = sim.mutex('handlers lock');
  const users = sim.atomic<readonly User[]>('users of handlers', []);
  return {
    ...plainRules,
    *dispatch(handler, look, call) {
      const user = { handler, thread: sim.self };
      yield* lock.lock();
      const found = yield* look();
      if (found) yield* users.update((all) => [...all, user]);
      yield* lock.unlock();
      if (!found) return false;
      yield* call();
      yield* users.update((all) => all.filter((each) => each !== user));
      return true;
    },
    *removal(take) {
      yield* lock.lock();
      const gone = yield* take();
      yield* lock.unlock();
      if (gone === undefined) return;
      const { self } = sim;
      const unused = () =>
        users.peek().every((each) => each.handler !== gone || (exceptOwn && each.thread === self));
      yield* sim.until(unused, 'no users of the handler');
    },
  };
}
