import type { Plain, Routine } from '../../src/index.js';
import type { Machine } from '../machine.js';
import { QemuError } from '../qom/error.js';
import type { MonitorEvent } from './message.js';

/** Whether the guest runs, and if not, why. Upstream: qapi/run-state.json:RunState, those that occur here. */
export type RunStateName =
  | 'prelaunch'
  | 'inmigrate'
  | 'paused'
  | 'running'
  | 'finish-migrate'
  | 'postmigrate';

/** What the main loop is asked to do between two turns. */
interface Requests {
  readonly reset: boolean;
  readonly shutdown: boolean;
}

/** Tells management something. */
export type Tell = (event: MonitorEvent) => Routine;

/**
 * Whether the guest runs, and what stops, starts and resets it. The caller of everything here holds the big lock.
 *
 * Upstream: system/runstate.c.
 */
export class RunState {
  readonly state: Plain<RunStateName>;
  /** Whether the capability `events` of migrations is set: then their states are told. */
  readonly migrationEvents: Plain<boolean>;
  private readonly machine: Machine;
  readonly tell: Tell;
  private readonly requests: Plain<Requests>;
  private readonly resetHandlers: (() => Routine)[] = [];

  constructor(machine: Machine, tell: Tell, initial: RunStateName) {
    this.machine = machine;
    this.tell = tell;
    this.state = machine.sim.plain<RunStateName>('current_run_state', initial);
    this.migrationEvents = machine.sim.plain('migration events', false);
    this.requests = machine.sim.plain<Requests>('requests', { reset: false, shutdown: false });
  }

  /** qemu_register_reset: during set-up. */
  onReset(handler: () => Routine): void {
    this.resetHandlers.push(handler);
  }

  /** vm_stop: nothing but the state changes if the guest does not run. */
  *stop(next: RunStateName = 'paused'): Routine {
    if ((yield* this.state.read()) !== 'running') {
      if (next !== 'paused') yield* this.state.write(next);
      return;
    }
    yield* this.pauseAllVcpus();
    yield* this.state.write(next);
    yield* this.tell({ event: 'STOP' });
  }

  /** vm_start: nothing if the guest runs. */
  *start(): Routine {
    if ((yield* this.state.read()) === 'running') return;
    yield* this.tell({ event: 'RESUME' });
    yield* this.state.write('running');
  }

  /** qmp_cont: while the state of another machine is awaited, the guest is to be started when it is there, and not now. */
  *cont(): Routine<QemuError | undefined> {
    const now = yield* this.state.read();
    if (now === 'finish-migrate') return new QemuError('Migration is not finalized yet');
    if (now !== 'inmigrate') yield* this.start();
    return undefined;
  }

  /** qemu_system_reset_request */
  *requestReset(): Routine {
    yield* this.requests.write({ ...(yield* this.requests.read()), reset: true });
  }

  /** qemu_system_shutdown_request */
  *requestShutdown(): Routine {
    yield* this.requests.write({ ...(yield* this.requests.read()), shutdown: true });
  }

  /** main_loop_should_exit: what was asked for, between two turns of the main loop. */
  *handleRequests(): Routine {
    const { reset, shutdown } = yield* this.requests.read();
    if (!reset && !shutdown) return;
    yield* this.requests.write({ reset: false, shutdown: false });
    if (shutdown) {
      yield* this.tell(because('SHUTDOWN', 'host-qmp-quit'));
      return yield* this.machine.loop.requestShutdown();
    }
    yield* this.systemReset();
  }

  /** qemu_system_reset, and what the main loop does around it. */
  private *systemReset(): Routine {
    const before = yield* this.state.read();
    if (before === 'running') yield* this.pauseAllVcpus();
    for (const handler of this.resetHandlers) yield* handler();
    yield* this.tell(because('RESET', 'host-qmp-system-reset'));
    const keeps = before === 'running' || before === 'inmigrate';
    if (!keeps) yield* this.state.write('prelaunch');
  }

  /** pause_all_vcpus: each virtual CPU needs the big lock before it stops, so that it is given up meanwhile. */
  private *pauseAllVcpus(): Routine {
    yield* this.machine.bigLock.unlock();
    yield* this.machine.bigLock.lock();
  }
}

function because(event: string, reason: string): MonitorEvent {
  return { event, data: { guest: false, reason } };
}
