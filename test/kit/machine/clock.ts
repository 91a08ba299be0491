import { Item } from './objects.js';
import type { Layout, Step, World } from './world.js';

/** Virtual time: only the order in which timers and sleepers were armed, and their delays, matter. */
export class Clock extends Item {
  readonly timers: Timer[] = [];
  /** Counts arming; gives every arm and sleep its place in time. */
  readonly now: number;
  /** Per thread: when its sleep began, and how long it is. */
  readonly since: number;
  readonly delay: number;

  constructor(
    layout: Layout,
    name: string,
    /** The thread that runs the bodies. */
    readonly daemon: number,
  ) {
    super(layout, name, undefined);
    this.now = layout.reserve(1);
    this.since = layout.reserve(layout.threads);
    this.delay = layout.reserve(layout.threads);
  }

  tick(w: World): number {
    const now = w.get(this.now) + 1;
    w.s[this.now] = now;
    return now;
  }

  /** Whether some timer was armed before `since` with a delay no longer than `delay`. */
  mustFireBefore(w: World, since: number, delay: number): boolean {
    return this.timers.some((timer) => {
      const armed = w.get(timer.since);
      return armed !== 0 && armed < since && w.get(timer.delay) <= delay;
    });
  }

  /** Timers that may fire now, in order of arming. */
  eligible(w: World): Timer[] {
    return this.timers
      .filter((timer) => {
        const armed = w.get(timer.since);
        return armed !== 0 && !this.mustFireBefore(w, armed, w.get(timer.delay));
      })
      .sort((a, b) => w.get(a.since) - w.get(b.since));
  }
}

export class Timer {
  /** When it was armed; 0 when it is not. */
  readonly since: number;
  readonly delay: number;
  /** What the arming thread knew. */
  readonly clock: number;
  /** Where the body begins; known when the code is laid out. */
  body = 0;

  constructor(
    layout: Layout,
    readonly owner: Clock,
  ) {
    this.since = layout.reserve(1);
    this.delay = layout.reserve(1);
    this.clock = layout.reserveClock();
    owner.timers.push(this);
  }
}

export class Arm implements Step {
  constructor(
    private readonly timer: Timer,
    private readonly ms: number,
  ) {}

  branches(): number {
    return 1;
  }

  execute(w: World, thread: number): void {
    const { timer } = this;
    w.write(timer.owner.object);
    w.s[timer.since] = timer.owner.tick(w);
    w.s[timer.delay] = this.ms;
    w.copyClock(timer.clock, w.layout.clock(thread));
  }
}

export class Cancel implements Step {
  constructor(private readonly timer: Timer) {}

  branches(): number {
    return 1;
  }

  execute(w: World): void {
    w.write(this.timer.owner.object);
    w.s[this.timer.since] = 0;
  }
}

export class Sleep implements Step {
  constructor(
    private readonly clock: Clock,
    private readonly ms: number,
  ) {}

  branches(): number {
    return 1;
  }

  execute(w: World, thread: number): void {
    const { clock } = this;
    w.write(clock.object);
    w.s[clock.since + thread] = clock.tick(w);
    w.s[clock.delay + thread] = this.ms;
  }
}

/** The second step of `sleep`. What is due first fires first. */
export class Awake implements Step {
  constructor(private readonly clock: Clock) {}

  branches(w: World, thread: number): number {
    const { clock } = this;
    const since = w.get(clock.since + thread);
    return clock.mustFireBefore(w, since, w.get(clock.delay + thread)) ? 0 : 1;
  }

  execute(w: World): void {
    w.write(this.clock.object);
  }
}

/** The daemon fires one of the timers that may fire, and runs its body next. */
export class Fire implements Step {
  constructor(private readonly clock: Clock) {}

  branches(w: World): number {
    return this.clock.eligible(w).length;
  }

  execute(w: World, daemon: number, branch: number): void {
    const { layout } = w;
    w.write(this.clock.object);
    const timer = this.clock.eligible(w)[branch] as Timer;
    w.s[timer.since] = 0;
    w.learn(layout.clock(daemon), timer.clock);
    w.s.fill(0, layout.register(daemon, 0), layout.register(daemon, layout.registers));
    w.s[layout.pc(daemon)] = timer.body;
  }
}
