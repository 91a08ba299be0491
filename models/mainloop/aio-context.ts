import type { Plain, Routine, Sim } from '../../src/index.js';
import { BottomHalves } from './bottom-half.js';
import { type FdHandler, FdHandlers } from './fd-handler.js';
import { type HandlerRules, plainRules } from './handler.js';
import type { TimerList } from './timer.js';

/** A command for the main loop to execute under the big lock: upstream, one that arrives on the monitor. */
export interface Command {
  /** Whether it has arrived; only peeks. Absent: from the start. */
  readonly arrived?: () => boolean;
  readonly execute: () => Routine;
}

/** What there was to do when a loop woke up. */
export interface Woken {
  /** The file descriptors that were ready. */
  readonly ready: readonly FdHandler[];
  /** If nothing will happen but that time passes: the list with the timer that expires first. */
  readonly first: TimerList | undefined;
}

/** The list with the timer that expires first: a peek, allowed where peeks are. */
export function earliest(lists: readonly TimerList[]): TimerList | undefined {
  let first: TimerList | undefined;
  for (const list of lists) {
    if (list.deadline < (first?.deadline ?? Infinity)) first = list;
  }
  return first;
}

/**
 * An event loop's bottom halves, file descriptors and timers, in this order in each turn.
 *
 * Upstream: util/async.c, util/aio-posix.c:aio_poll, aio_dispatch.
 */
export class AioContext {
  readonly bottomHalves: BottomHalves;
  readonly fds: FdHandlers;
  private readonly sim: Sim;
  private readonly name: string;
  readonly timers: TimerList[] = [];
  private commands: Plain<Dispatcher> | undefined;

  constructor(sim: Sim, name: string, rules: HandlerRules = plainRules) {
    this.sim = sim;
    this.name = name;
    this.bottomHalves = new BottomHalves(sim, name, 'kept', rules);
    this.fds = new FdHandlers(sim, name, rules);
  }

  /** Has this loop run the timers of a list. During set-up. */
  addTimers(list: TimerList): void {
    this.timers.push(list);
  }

  /** Has this loop execute commands: upstream before commit effd60c878, also where a device waits. During set-up. */
  addCommands(): void {
    this.commands = this.sim.plain<Dispatcher>(`${this.name} commands`, { left: [], busy: false });
  }

  /** Gives it the commands to execute. */
  *queue(commands: readonly Command[]): Routine {
    if (this.commands !== undefined) yield* this.commands.write({ left: commands, busy: false });
  }

  /** Whether there is something to do now: a peek, allowed where peeks are. */
  get ready(): boolean {
    return this.bottomHalves.ready || this.fds.ready.length > 0 || this.commandArrived;
  }

  /** What there is to do: a peek, allowed where peeks are. */
  look(): Woken | undefined {
    if (this.ready) return { ready: this.fds.ready, first: undefined };
    const first = earliest(this.timers);
    return first && { ready: [], first };
  }

  /** aio_dispatch, with what the wait has found. Returns whether anything was done. */
  *dispatch({ ready, first }: Woken): Routine<boolean> {
    let progress = yield* this.bottomHalves.poll();
    if (yield* this.executeCommand(progress || ready.length > 0)) progress = true;
    if (yield* this.fds.dispatch(ready)) progress = true;
    for (const list of this.timers) if (yield* list.run(list === first)) progress = true;
    return progress;
  }

  /**
   * aio_poll: one turn of a loop inside what a loop, or a virtual CPU, does. Keeps the locks that are held.
   *
   * @param blocking - whether to wait until there is something to do
   */
  *poll(blocking = true): Routine<boolean> {
    let woken: Woken | undefined;
    const look = () => {
      woken = this.look();
      return woken !== undefined || !blocking;
    };
    yield* this.sim.until(look, `something for ${this.name} to do`);
    return woken !== undefined && (yield* this.dispatch(woken));
  }

  /**
   * AIO_WAIT_WHILE, under the big lock: polls while a condition holds, which only peeks. Whatever else the loop has to do is done in
   * the middle of what the caller does.
   */
  *waitWhile(condition: () => boolean): Routine {
    for (;;) {
      let woken: Woken | undefined;
      const look = () => {
        woken = condition() ? this.look() : undefined;
        return woken !== undefined || !condition();
      };
      yield* this.sim.until(look, `something for ${this.name} to do`);
      if (woken === undefined) return;
      yield* this.dispatch(woken);
    }
  }

  private get commandArrived(): boolean {
    const { left = [], busy = false } = this.commands?.peek() ?? {};
    const [command] = left;
    return !busy && command !== undefined && (command.arrived?.() ?? true);
  }

  /**
   * monitor/qmp.c:monitor_qmp_dispatcher_co, which executes one command at a time.
   *
   * @param turnBusy - whether the turn has something else to do, so that the command may come in a later one
   */
  private *executeCommand(turnBusy: boolean): Routine<boolean> {
    if (this.commands === undefined) return false;
    const { left, busy } = yield* this.commands.read();
    const [command, ...rest] = left;
    if (busy || command === undefined) return false;
    if (!(yield* this.sim.step('arrived', () => command.arrived?.() ?? true))) return false;
    if (turnBusy && (yield* this.sim.choose(2, 'command now or in a later turn')) === 1)
      return false;
    yield* this.commands.write({ left: rest, busy: true });
    yield* command.execute();
    yield* this.commands.write({ left: rest, busy: false });
    return true;
  }
}

/** The commands that are not executed, and whether one is under way. */
interface Dispatcher {
  readonly left: readonly Command[];
  readonly busy: boolean;
}
