import type { Atomic, Plain, Routine, Sim } from '../../../src/index.js';
import { type Access, inPieces, type Outcome } from '../../memory/access.js';
import type { AddressSpace } from '../../memory/address-space.js';
import type { MemoryDesign, Reach } from '../../memory/design.js';
import type { FlatView } from '../../memory/flat-view.js';
import type { Memory } from '../../memory/memory.js';
import { head, reachPiece } from './head.js';

/** Where an emulated CPU finds the map: it looks each time, or remembers it (before upstream commit 2865bf1c57, 2025). */
export type CpuDispatch = 'looked up' | 'remembered';

/**
 * How an emulated CPU gets from an address to a region. One that remembers the map is told of another by work that is queued for it,
 * and that it does between two stretches of guest code. Each of these is one read section; what is remembered outlasts it.
 *
 * Upstream: system/physmem.c:tcg_commit, tcg_commit_cpu; include/hw/core/cpu.h:struct CPUAddressSpace. The TLB is left out.
 */
export class TcgDispatch {
  /** For one CPU, whose accesses are the only ones. */
  readonly design: MemoryDesign;
  /** Whether it has to remember another map: upstream's queue of work, which may hold that more than once. */
  private readonly queued: Atomic<boolean>;
  /** memory_dispatch */
  private readonly remembered: Plain<FlatView | undefined>;
  private readonly remembers: boolean;

  /** During set-up. */
  constructor(sim: Sim, dispatch: CpuDispatch) {
    this.queued = sim.atomic('cpu.work_list', false);
    this.remembered = sim.plain<FlatView | undefined>('cpu.memory_dispatch', undefined);
    this.remembers = dispatch === 'remembered';
    this.design = {
      ...head,
      name: `tcg, ${dispatch}`,
      dispatch: (space, access, reach) => this.dispatch(space, access, reach),
      publish: (_memory, _changed, rebuild) => this.publish(rebuild),
    };
  }

  /**
   * One turn of the CPU: the work that is queued, under the big lock, then guest code. That it is to leave again for more work, which it
   * is told as well, it sees when it has delivered an interrupt that is pending, at the earliest.
   *
   * Upstream: accel/tcg/tcg-accel-ops-mttcg.c:mttcg_cpu_thread_fn; accel/tcg/cpu-exec.c:cpu_exec.
   */
  *turn({ machine, system }: Memory, guest: () => Routine<unknown>): Routine {
    const { bigLock, callRcu } = machine;
    yield* bigLock.guard(() => this.processQueuedWork(system));
    machine.sim.log('cpu_exec');
    yield* callRcu.rcu.readLock();
    yield* guest();
    yield* callRcu.rcu.readUnlock();
  }

  /** process_queued_cpu_work, tcg_commit_cpu */
  private *processQueuedWork({ currentMap }: AddressSpace): Routine {
    if (!this.remembers || !(yield* this.queued.exchange(false))) return;
    yield* this.remembered.write(yield* currentMap.load());
  }

  /** memory_region_transaction_commit, and its listener tcg_commit: async_run_on_cpu. */
  private *publish(rebuild: () => Routine): Routine {
    yield* rebuild();
    if (this.remembers) yield* this.queued.store(true);
  }

  /** iotlb_to_section and what follows, inside the section of the turn. */
  private *dispatch({ currentMap }: AddressSpace, access: Access, reach: Reach): Routine<Outcome> {
    const view = this.remembers ? yield* this.remembered.read() : yield* currentMap.load();
    return yield* inPieces(access, (rest) => reachPiece(view, rest, reach));
  }
}
