import type { Atomic, Routine, Sim } from '../../src/index.js';
import type { BigLock } from './big-lock.js';
import { BottomHalves } from './bottom-half.js';

/** A command for the main loop to execute under the big lock: upstream, one that arrives on the monitor. */
export interface Command {
  /** Whether it has arrived; only peeks. Absent: from the start. */
  readonly arrived?: () => boolean;
  readonly execute: () => Routine;
}

/** Why the loop went on: a command arrived, something else did, or nothing ever will. */
type Wake = 'command' | 'other' | 'quiet';

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

  /**
   * qemu_main_loop: until shutdown is requested; executes the commands in order, at most one in each turn.
   *
   * @param quiet - whether nothing will ever happen again unless this loop does it; only peeks. The loop then ends, once the commands
   *   are executed: upstream's would wait for ever
   */
  *run(commands: readonly Command[], quiet: () => boolean = () => false): Routine {
    const left = [...commands];
    const over = () => left.length === 0 && !this.bottomHalves.ready && quiet();
    while (!(yield* this.shutdownRequested.load())) {
      const [command] = left;
      const woken = yield* this.wait(command, over);
      if (woken === 'quiet') return;
      if (command === undefined || woken !== 'command') continue;
      left.shift();
      yield* command.execute();
    }
  }

  /** main_loop_wait: releases the big lock while it waits, then dispatches bottom halves under it. */
  private *wait(command: Command | undefined, quiet: () => boolean): Routine<Wake> {
    let wake: Wake = 'other';
    const somethingToDo = () => {
      if (command !== undefined && (command.arrived?.() ?? true)) wake = 'command';
      else if (this.bottomHalves.ready || this.shutdownRequested.peek()) wake = 'other';
      else if (quiet()) wake = 'quiet';
      else return false;
      return true;
    };
    yield* this.bigLock.unlock();
    yield* this.sim.until(somethingToDo, 'something for the main loop to do');
    yield* this.bigLock.lock();
    yield* this.bottomHalves.poll();
    return wake;
  }
}
