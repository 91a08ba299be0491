import { type HandlerDesign, plainRules } from '../../mainloop/handler.js';
import { SharedInPlace } from '../../memory/shared-state.js';
import { unreference } from '../../qom/lifetime.js';

/**
 * Upstream as most devices have it: their handlers are called by the main loop under the big lock, which whoever takes one out holds
 * as well. Nothing is waited for, and nobody is referenced.
 *
 * Upstream: util/main-loop.c:qemu_bh_new_full, util/iohandler.c or util/main-loop.c:qemu_set_fd_handler.
 */
export const handlersInMainLoop: HandlerDesign = {
  name: 'main-loop',
  thread: 'main loop',
  rules: () => plainRules,
  release: (_machine, object) => unreference(object),
  shared: (block, name) => new SharedInPlace(block, name),
};
