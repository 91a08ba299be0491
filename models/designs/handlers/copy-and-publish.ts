import { type HandlerDesign, plainRules } from '../../mainloop/handler.js';
import { SharedByCopy } from '../../memory/shared-state.js';
import { unreference } from '../../qom/lifetime.js';
import { handlersInIothread } from './iothread.js';

/**
 * D29 for handlers: nothing that a callback may look at is modified. A change makes a copy and publishes it; what was there before goes
 * after a grace period, and each callback is in a read section. Nobody waits. Argued by Paolo Bonzini, 2012.
 */
export const handlersCopied: HandlerDesign = {
  ...handlersInIothread,
  name: 'copy-and-publish',
  rules: (machine) => ({
    ...plainRules,
    *dispatch(_handler, look, call) {
      const { rcu } = machine.callRcu;
      yield* rcu.readLock();
      const found = yield* look();
      if (found) yield* call();
      yield* rcu.readUnlock();
      return found;
    },
  }),
  release: ({ callRcu }, object) => callRcu.call(() => unreference(object)),
  shared: (block, name) => new SharedByCopy(block, name),
};
