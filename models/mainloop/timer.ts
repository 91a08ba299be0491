import type { Atomic, Block, Condition, Mutex, Plain, Routine, Sim } from '../../src/index.js';
import type { QomObject } from '../qom/object.js';
import type { BigLock } from './big-lock.js';

/** A timer, in the memory of what it belongs to. Upstream: include/qemu/timer.h:struct QEMUTimer. */
export interface QemuTimer {
  /** For messages. */
  readonly name: string;
  /** When it expires; -1 while it is not armed. Protected by the list's lock. */
  readonly expireTime: Plain<number>;
  /** Upstream's `cb` and `opaque`. */
  readonly callback: () => Routine;
  /** Whom the callback works on, for designs that ask; upstream's timers do not know. */
  readonly owner: () => QomObject;
}

/** timer_init_full: lays a timer out in its owner's memory. */
export function timerInit(
  memory: Block,
  name: string,
  callback: () => Routine,
  owner: () => QomObject,
): QemuTimer {
  const expireTime = memory.plain(`${name}.expire_time`, -1);
  return { name: `${memory.name}.${name}`, expireTime, callback, owner };
}

/** timer_pending: upstream's is an ordinary read as well. */
export function* timerPending(timer: QemuTimer): Routine<boolean> {
  return (yield* timer.expireTime.read()) >= 0;
}

/** The callback that runs, and in which thread: what a design may remember that has timer_del wait. */
export interface Running {
  /** As a report shows it. */
  readonly name: string;
  readonly timer: QemuTimer;
  readonly thread: string;
}

/** Which thread runs callbacks, and under which lock. */
export type TimerThread =
  /** The main thread, in the main loop, under the big lock. */
  | 'main loop'
  /** A thread without the big lock, which takes it for each callback. */
  | 'thread, big lock for the callback'
  /** A thread without the big lock. */
  | 'thread';

/**
 * An answer to: what does timer_del wait for, who is referenced while a callback runs, and which locks are held? All that the answers
 * differ in.
 */
export interface TimerDesign {
  readonly name: string;
  readonly thread: TimerThread;
  /** How many lists there are, each with a thread of its own. */
  readonly instances: number;
  /**
   * From the moment a timer was taken out of the list until its callback has run: begins and ends with the list's lock held.
   */
  readonly dispatch: (list: TimerList, timer: QemuTimer) => Routine;
  /** The rest of timer_mod for a timer that was not armed: begins and ends with the list's lock held. */
  readonly armed: (list: TimerList, timer: QemuTimer) => Routine;
  /** The rest of timer_del, once the timer is not in the list: begins and ends with the list's lock held. */
  readonly deleted: (list: TimerList, timer: QemuTimer, wasArmed: boolean) => Routine;
}

/** Virtual time. It passes where timers are run, and there is as much of it as anybody likes. Upstream: struct QEMUClock. */
export class QemuClock {
  readonly sim: Sim;
  readonly bigLock: BigLock;
  readonly enabled: Plain<boolean>;
  readonly now: Atomic<number>;
  private readonly lists: TimerList[] = [];

  constructor(sim: Sim, bigLock: BigLock, name = 'clock') {
    this.sim = sim;
    this.bigLock = bigLock;
    this.enabled = sim.plain(`${name} enabled`, true);
    this.now = sim.atomic(`${name} now`, 0);
  }

  /** timerlist_new: one of the lists of this clock. During set-up. */
  list(name: string, design: TimerDesign): TimerList {
    const list = new TimerList(this, name, design);
    this.lists.push(list);
    return list;
  }

  /** qemu_clock_enable(false): returns when no callback of this clock runs; from one of them it would wait for itself. */
  *disable(): Routine {
    yield* this.enabled.write(false);
    for (const list of this.lists) yield* list.done();
  }

  /** qemu_clock_enable(true) */
  *enable(): Routine {
    yield* this.enabled.write(true);
  }
}

/** A timer in a list, sorted by when it expires. */
interface Armed {
  /** As a report shows it. */
  readonly name: string;
  readonly timer: QemuTimer;
  readonly expire: number;
}

/** Armed timers, which one thread runs. Upstream: util/qemu-timer.c:struct QEMUTimerList. */
export class TimerList {
  readonly clock: QemuClock;
  /** active_timers_lock */
  readonly lock: Mutex;
  /** For designs in which timer_del waits: signalled when a callback has ended. */
  readonly ended: Condition;
  /** For the same designs; protected by the lock. */
  readonly running: Plain<Running | undefined>;
  private readonly sim: Sim;
  private readonly design: TimerDesign;
  private readonly active: Atomic<readonly Armed[]>;
  /** timers_done_ev */
  private readonly idle: Atomic<boolean>;

  /** Use {@link QemuClock.list}. */
  constructor(clock: QemuClock, name: string, design: TimerDesign) {
    const { sim } = clock;
    this.clock = clock;
    this.sim = sim;
    this.design = design;
    this.lock = sim.mutex(`${name}.active_timers_lock`);
    this.ended = sim.condition(`${name}.callback_ended`, this.lock);
    this.running = sim.plain<Running | undefined>(`${name}.running`, undefined);
    this.active = sim.atomic<readonly Armed[]>(`${name}.active_timers`, []);
    this.idle = sim.atomic(`${name}.timers_done_ev`, true);
  }

  /** Whether some timer will expire: a peek, allowed where peeks are. */
  get pending(): boolean {
    return this.active.peek().length > 0 && this.clock.enabled.peek();
  }

  /** When the first one will expire, if any will: a peek, allowed where peeks are. */
  get deadline(): number {
    return this.pending ? (this.active.peek()[0]?.expire ?? Infinity) : Infinity;
  }

  /** timer_mod: behind those that expire no later. */
  *mod(timer: QemuTimer, expire: number): Routine {
    yield* this.lock.lock();
    this.sim.log(`timer_mod ${timer.name}`);
    const others = yield* this.unlink(timer);
    const at = yield* position(others.left, expire);
    yield* timer.expireTime.write(expire);
    const { left } = others;
    const armed: Armed = { name: `${timer.name} at ${expire}`, timer, expire };
    yield* this.active.store([...left.slice(0, at), armed, ...left.slice(at)]);
    if (!others.wasArmed) yield* this.design.armed(this, timer);
    yield* this.lock.unlock();
  }

  /** timer_del */
  *del(timer: QemuTimer): Routine {
    yield* this.lock.lock();
    this.sim.log(`timer_del ${timer.name}`);
    yield* this.delLocked(timer);
    yield* this.lock.unlock();
  }

  /** timer_del with the list's lock held. */
  *delLocked(timer: QemuTimer): Routine {
    const { wasArmed, left } = yield* this.unlink(timer);
    if (wasArmed) yield* this.active.store(left);
    yield* this.design.deleted(this, timer, wasArmed);
  }

  /**
   * timerlist_run_timers: what has expired when it begins, in order; returns whether anything did.
   *
   * @param must - whether time passes at least until the first one: nothing else is there to do
   */
  *run(must: boolean): Routine<boolean> {
    const armed = yield* this.active.load();
    if (armed.length === 0) return false;
    this.sim.log('timerlist_run_timers');
    yield* this.idle.store(false);
    const enabled = yield* this.clock.enabled.read();
    const progress = enabled && (yield* this.runExpired(yield* this.timePasses(armed, must)));
    yield* this.idle.store(true);
    return progress;
  }

  /** The same at a time that was set, after which no more passes: for what drives the clock itself. */
  *runAt(now: number): Routine {
    yield* this.idle.store(false);
    yield* this.runExpired(now);
    yield* this.idle.store(true);
  }

  /** Blocks until no thread is in {@link run}. */
  *done(): Routine {
    yield* this.sim.until(() => this.idle.peek(), 'the running timers');
  }

  /** Calls a timer's callback: what designs do in the midst of their `dispatch`. */
  *call({ name, callback }: QemuTimer): Routine {
    this.sim.log(`the callback of ${name} begins`);
    yield* callback();
    this.sim.log(`the callback of ${name} returns`);
  }

  private *runExpired(now: number): Routine<boolean> {
    let progress = false;
    yield* this.lock.lock();
    for (;;) {
      const [first, ...others] = yield* this.active.load();
      if (first === undefined || (yield* first.timer.expireTime.read()) > now) break;
      yield* this.active.store(others);
      yield* first.timer.expireTime.write(-1);
      yield* this.design.dispatch(this, first.timer);
      progress = true;
    }
    yield* this.lock.unlock();
    return progress;
  }

  /** Any amount of it: what counts is how many of the timers expire. */
  private *timePasses(armed: readonly Armed[], must: boolean): Routine<number> {
    const now = yield* this.clock.now.load();
    const later = armed.filter(({ expire }) => expire > now).map(({ expire }) => expire);
    const nothing = !must || later.length < armed.length ? [now] : [];
    const times = [...nothing, ...new Set(later)];
    const chosen = times.length < 2 ? 0 : yield* this.sim.choose(times.length, 'time passes');
    const then = times[chosen] ?? now;
    if (then > now) yield* this.clock.now.store(then);
    return then;
  }

  /** timer_del_locked */
  private *unlink(timer: QemuTimer): Routine<{ wasArmed: boolean; left: readonly Armed[] }> {
    yield* timer.expireTime.write(-1);
    const before = yield* this.active.load();
    const left = before.filter((each) => each.timer !== timer);
    return { wasArmed: left.length < before.length, left };
  }
}

/** timer_mod_ns_locked: walks past the timers that expire no later, all of which must be alive for it. */
function* position(armed: readonly Armed[], expire: number): Routine<number> {
  let at = 0;
  for (const { timer } of armed) {
    if ((yield* timer.expireTime.read()) > expire) break;
    at++;
  }
  return at;
}
