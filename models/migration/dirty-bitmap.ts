import type { Atomic, Block, Routine, Sim } from '../../src/index.js';
import type { CallRcu } from '../mainloop/call-rcu.js';

/** The pages that are still to be sent, found through a pointer under RCU. Upstream: migration/ram.c, 2015: migration_bitmap. */
export class DirtyBitmap {
  private readonly sim: Sim;
  private readonly callRcu: CallRcu;
  private readonly pointer: Atomic<Block | undefined>;

  constructor(sim: Sim, callRcu: CallRcu) {
    this.sim = sim;
    this.callRcu = callRcu;
    this.pointer = sim.atomic<Block | undefined>('migration_bitmap', sim.block('bitmap'));
  }

  /**
   * migration_end: nobody finds the bitmap any more, and it is freed when nobody has it.
   *
   * @param wait - whether to wait for those who have it, or to leave it to the RCU thread (since upstream commit 60be634079)
   */
  *end(wait: boolean): Routine {
    const { sim, callRcu } = this;
    sim.log('migration_end');
    const bitmap = yield* this.pointer.exchange(undefined);
    if (bitmap === undefined) return;
    if (!wait) {
      return yield* callRcu.call(function* () {
        yield* sim.free(bitmap);
      });
    }
    yield* callRcu.rcu.synchronize();
    yield* sim.free(bitmap);
  }
}
