import type { Atomic, Routine, Sim } from '../../src/index.js';
import type { BigLock } from './big-lock.js';
import { BottomHalves } from './bottom-half.js';

/** A command for the main loop to execute under the big lock: upstream, one that arrives on the monitor. */
export interface Command {
  /** Whether it has arrived; only peeks. Absent: from the start. */
  readonly arrived?: () => boolean;
  readonly execute: () => Routine;
}

/**
 * The main loop: it holds the big lock except while it waits for something to do.
 *
 * Upstream: util/main-loop.c:main_loop_wait, system/runstate.c:qemu_main_loop.
 */
export class MainLoop {
  readonly bottomHalves: BottomHalves;
  private readonly sim: Sim;
  private readonly bigLock: BigLock;
  private readonly shutdownRequested: Atomic<boolean>;

  constructor(sim: Sim, bigLock: BigLock) {
    this.sim = sim;
    this.bigLock = bigLock;
    this.bottomHalves = new BottomHalves(sim, 'main loop');
    this.shutdownRequested = sim.atomic('shutdown requested', false);
  }

  /** qemu_system_shutdown_request */
  *requestShutdown(): Routine {
    yield* this.shutdownRequested.store(true);
  }

  /** qemu_main_loop: until shutdown is requested; executes the commands in order, at most one in each turn. */
  *run(commands: readonly Command[]): Routine {
    const left = [...commands];
    while (!(yield* this.shutdownRequested.load())) {
      const [command] = left;
      const arrived = yield* this.wait(command);
      if (command === undefined || !arrived) continue;
      left.shift();
      yield* command.execute();
    }
  }

  /**
   * main_loop_wait: releases the big lock while it waits, then dispatches bottom halves under it. Returns whether the command is there.
   */
  private *wait(command: Command | undefined): Routine<boolean> {
    let arrived = false;
    const somethingToDo = () => {
      arrived = command !== undefined && (command.arrived?.() ?? true);
      return arrived || this.bottomHalves.ready || this.shutdownRequested.peek();
    };
    yield* this.bigLock.unlock();
    yield* this.sim.until(somethingToDo, 'something for the main loop to do');
    yield* this.bigLock.lock();
    yield* this.bottomHalves.poll();
    return arrived;
  }
}
