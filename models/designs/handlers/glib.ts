import type { Routine } from '../../../src/index.js';
import { type Handler, type HandlerDesign, plainRules } from '../../mainloop/handler.js';
import { reference, unreference } from '../../qom/lifetime.js';
import { handlersInIothread } from './iothread.js';

/**
 * D35 for handlers as glib does it: a source references what its callback works on until it is destroyed, so does the loop for the
 * callback, and the loop's lock is dropped for both. Argued by Paolo Bonzini, 2012.
 *
 * Source: glib/gmain.c:g_main_dispatch, g_source_destroy, with the owner as the callback's data.
 */
export const handlersGlib: HandlerDesign = {
  ...handlersInIothread,
  name: 'glib',
  rules(machine) {
    const lock = machine.sim.mutex('loop lock');
    return {
      ...plainRules,
      registered: refer,
      *dispatch(handler, look, call) {
        yield* lock.lock();
        const found = yield* look();
        if (found) yield* refer(handler);
        yield* lock.unlock();
        if (!found) return false;
        yield* call();
        yield* drop(handler);
        return true;
      },
      *removal(take, forGood) {
        yield* lock.lock();
        const gone = yield* take();
        yield* lock.unlock();
        if (gone !== undefined && forGood) yield* drop(gone);
      },
    };
  },
};

function* refer(handler: Handler): Routine {
  const { owner } = handler;
  if (owner !== undefined) yield* reference(owner(), handler);
}

function* drop(handler: Handler): Routine {
  const { owner } = handler;
  if (owner !== undefined) yield* unreference(owner(), handler);
}
