import { type HandlerDesign, plainRules } from '../../mainloop/handler.js';
import { unreference } from '../../qom/lifetime.js';
import { handlersInIothread } from './iothread.js';

/**
 * D11 for handlers: look and reference inside a read section, unless the count is zero already; call outside it. Who the callback works
 * on is dropped after a grace period. Argued by Avi Kivity, 2012 ("Context B"), for whatever is looked up and then used.
 */
export const handlersReferenced: HandlerDesign = {
  ...handlersInIothread,
  name: 'lookup-then-reference',
  rules: (machine) => ({
    ...plainRules,
    *dispatch({ owner, out }, look, call) {
      const { rcu } = machine.callRcu;
      const object = owner?.();
      yield* rcu.readLock();
      const found = yield* look();
      const held = found && (object === undefined || (yield* object.ref.tryGet()));
      yield* rcu.readUnlock();
      // The loop would find it ready again and again, until the end of its owner has taken it out.
      if (found && !held) yield* machine.sim.until(out, 'the handler is taken out');
      if (!held) return false;
      yield* call();
      if (object !== undefined) yield* unreference(object);
      return true;
    },
  }),
  release: ({ callRcu }, object) => callRcu.call(() => unreference(object)),
};
