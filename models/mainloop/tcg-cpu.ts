import type { Atomic, Routine, Sim } from '../../src/index.js';
import type { CallRcu } from './call-rcu.js';

/**
 * A virtual CPU that is emulated: it executes guest code inside a read section, which it leaves when somebody kicks it. A guest in a
 * loop without interrupts never has a reason of its own.
 *
 * Upstream: accel/tcg/cpu-exec.c:cpu_exec, accel/tcg/tcg-accel-ops-mttcg.c:mttcg_force_rcu.
 */
export class TcgCpu {
  private readonly sim: Sim;
  private readonly callRcu: CallRcu;
  /** exit_request */
  private readonly exitRequest: Atomic<boolean>;

  /** @param forced - whether a grace period that somebody drains for kicks it (since upstream commit dd47a8f654). During set-up. */
  constructor(sim: Sim, callRcu: CallRcu, forced: boolean) {
    this.sim = sim;
    this.callRcu = callRcu;
    this.exitRequest = sim.atomic('exit_request', false);
    if (forced) callRcu.onForce(() => this.kick());
  }

  /** cpu_exit */
  *kick(): Routine {
    yield* this.exitRequest.store(true);
  }

  /** cpu_exec of a guest in such a loop, which may stay there for ever; the CPU has nothing to do afterwards. For service threads. */
  *spin(): Routine {
    const { rcu } = this.callRcu;
    yield* rcu.readLock();
    this.sim.log('cpu_exec: a guest in a loop');
    yield* this.sim.serve(() => this.exitRequest.peek(), 'a kick');
    yield* rcu.readUnlock();
  }
}
