import type { BottomHalf } from '../../mainloop/bottom-half.js';
import { type HandlerDesign, plainRules } from '../../mainloop/handler.js';
import { handlersInIothread } from './iothread.js';

/**
 * Upstream's idiom for other event loops: the main thread has the loop itself take the handler out, by a bottom half for once, and polls
 * until that has run. No callback runs then, because the loop runs one at a time.
 *
 * Upstream: util/aio-wait.c:aio_wait_bh_oneshot; hw/block/virtio-blk.c:virtio_blk_stop_ioeventfd.
 */
export const handlersByOneShot: HandlerDesign = {
  ...handlersInIothread,
  name: 'one-shot',
  rules: (machine, thread) => ({
    ...plainRules,
    *removal(take) {
      const { context, mine } = thread();
      if (mine) {
        yield* take();
        return;
      }
      const { bottomHalves } = context;
      const done = machine.sim.atomic('AioWaitBHData.done', false);
      const half: BottomHalf = yield* bottomHalves.create('aio_wait_bh', function* () {
        yield* bottomHalves.delete(half);
        yield* take();
        yield* done.store(true);
      });
      yield* bottomHalves.schedule(half);
      yield* machine.loop.context.waitWhile(() => !done.peek());
    },
  }),
};
