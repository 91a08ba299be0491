import type { HandlerDesign } from '../../mainloop/handler.js';
import { handlersInMainLoop } from './main-loop.js';

/**
 * The same in an event loop without the big lock, while the main thread takes handlers out: it returns while a callback runs, or is about
 * to. A bottom half that has to keep its device references it itself (upstream commit 27eb8499ed).
 *
 * Upstream: util/async.c:qemu_bh_delete, util/aio-posix.c:aio_set_fd_handler.
 */
export const handlersInIothread: HandlerDesign = {
  ...handlersInMainLoop,
  name: 'iothread',
  thread: 'iothread',
};
