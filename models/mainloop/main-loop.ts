import type { Atomic, Routine, Sim } from '../../src/index.js';
import { AioContext, type Command, earliest, type Woken } from './aio-context.js';
import type { BigLock } from './big-lock.js';
import type { BottomHalves } from './bottom-half.js';
import type { TimerList } from './timer.js';

/** Where commands are executed: since upstream commit effd60c878 where no nested poll gets to. */
export type CommandContext = 'iohandler' | 'aio context';

/** Why the loop went on: a command arrived, something else did, or time passes. */
type Wake = 'command' | 'other' | 'time';

/**
 * The main loop: it holds the big lock except while it waits for something to do.
 *
 * Upstream: util/main-loop.c:main_loop_wait, system/runstate.c:qemu_main_loop. Each turn dispatches the context that nested polls
 * poll as well (qemu_aio_context), then executes a command (the iohandler context), then runs the timers of devices.
 */
export class MainLoop {
  /** qemu_aio_context */
  readonly context: AioContext;
  readonly bottomHalves: BottomHalves;
  readonly sim: Sim;
  private readonly bigLock: BigLock;
  private readonly commandContext: CommandContext;
  private readonly shutdownRequested: Atomic<boolean>;
  private readonly timers: TimerList[] = [];

  constructor(sim: Sim, bigLock: BigLock, commandContext: CommandContext = 'iohandler') {
    this.sim = sim;
    this.bigLock = bigLock;
    this.commandContext = commandContext;
    this.context = new AioContext(sim, 'main loop');
    this.bottomHalves = this.context.bottomHalves;
    this.shutdownRequested = sim.atomic('shutdown requested', false);
    if (commandContext === 'aio context') this.context.addCommands();
  }

  /** Has the main loop run the timers of a list, as it does those of devices, and no nested poll. During set-up. */
  addTimers(list: TimerList): void {
    this.timers.push(list);
  }

  /** qemu_system_shutdown_request */
  *requestShutdown(): Routine {
    this.sim.log('qemu_system_shutdown_request');
    yield* this.shutdownRequested.store(true);
  }

  /**
   * qemu_main_loop: until shutdown is requested; executes the commands in order, at most one in each turn.
   */
  *run(commands: readonly Command[]): Routine {
    const nested = this.commandContext === 'aio context';
    if (nested) yield* this.context.queue(commands);
    const left = nested ? [] : [...commands];
    while (!(yield* this.shutdownRequested.load())) {
      const [command] = left;
      const { wake, first } = yield* this.wait(command);
      if (command !== undefined && wake === 'command') {
        left.shift();
        yield* command.execute();
      }
      // qemu_clock_run_all_timers
      for (const list of this.timers) yield* list.run(wake === 'time' && list === first);
    }
  }

  /** main_loop_wait: releases the big lock while it waits, then dispatches under it. */
  private *wait(command: Command | undefined): Routine<Turn> {
    let turn: Turn | undefined;
    const somethingToDo = () => {
      turn = this.look(command);
      return turn !== undefined;
    };
    yield* this.bigLock.unlock();
    yield* this.sim.serve(somethingToDo, 'something for the main loop to do');
    yield* this.bigLock.lock();
    const { first, ready, ...seen } = turn ?? nothing;
    let { wake } = seen;
    const { instead } = seen;
    if (wake === 'command' && instead !== undefined) {
      // Nobody knows how long after the rest was ready, or the timer was armed, the command came.
      if ((yield* this.sim.choose(2, 'command now or in a later turn')) === 1) wake = instead;
    }
    yield* this.context.dispatch({ ready, first: wake === 'time' ? first : undefined });
    return { wake, first, ready };
  }

  /** Why to go on: a peek, allowed where peeks are. */
  private look(command: Command | undefined): Turn | undefined {
    const { context } = this;
    const first = earliest([...this.timers, ...context.timers]);
    let instead: Wake | undefined;
    if (context.ready || this.shutdownRequested.peek()) instead = 'other';
    else if (first !== undefined) instead = 'time';
    const arrived = command !== undefined && (command.arrived?.() ?? true);
    const wake = arrived ? 'command' : instead;
    return wake && { wake, instead, first, ready: context.fds.ready };
  }
}

/** What a turn of the loop is for. */
interface Turn extends Woken {
  readonly wake: Wake;
  /** What it would be for without the command. */
  readonly instead?: Wake | undefined;
}

const nothing: Turn = { wake: 'other', ready: [], first: undefined };
