import type { Layout, Local, Step, World } from './world.js';

/** One RCU domain: sections of the readers, pending grace periods, the queue of callbacks. */
export class Rcu {
  /** Footprint: the section of each thread, one object each. */
  readonly sections: readonly number[];
  readonly queue: number;
  /** How deep each thread is inside. */
  readonly depth: number;
  /** Per thread that waits for a grace period: the readers it saw inside, and those still to leave. */
  readonly seen: number;
  readonly waiting: number;
  /** What the readers that left before, or that it waits for, knew: per waiting thread. */
  private readonly readerClocks: readonly number[];
  /** What all readers knew that left so far. */
  private readonly leftClock: number;
  /** What all threads knew that began to synchronize. */
  private readonly beginClock: number;
  /** Callbacks in order of calling: where the body begins. Only `started` and `batched` move. */
  private readonly bodies: number;
  private readonly callClocks: readonly number[];
  private readonly called: number;
  private readonly batched: number;
  private readonly started: number;

  constructor(
    layout: Layout,
    readonly name: string,
    private readonly capacity: number,
  ) {
    const perThread = <T>(make: () => T): T[] => Array.from({ length: layout.threads }, make);
    this.sections = perThread(() => layout.reserveObject());
    this.queue = layout.reserveObject();
    this.depth = layout.reserve(layout.threads);
    this.seen = layout.reserve(layout.threads);
    this.waiting = layout.reserve(layout.threads);
    this.readerClocks = perThread(() => layout.reserveClock());
    this.leftClock = layout.reserveClock();
    this.beginClock = layout.reserveClock();
    this.bodies = layout.reserve(capacity);
    this.callClocks = Array.from({ length: capacity }, () => layout.reserveClock());
    this.called = layout.reserve(1);
    this.batched = layout.reserve(1);
    this.started = layout.reserve(1);
  }

  readLock(w: World, thread: number): void {
    w.write(this.sections[thread] as number);
    w.s[this.depth + thread] = w.get(this.depth + thread) + 1;
    w.learn(w.layout.clock(thread), this.beginClock);
  }

  readUnlock(w: World, thread: number): void {
    w.write(this.sections[thread] as number);
    const depth = w.get(this.depth + thread);
    if (depth === 0) {
      w.violate('lock-misuse', this.name);
      return;
    }
    w.s[this.depth + thread] = depth - 1;
    if (depth === 1) this.leave(w, thread);
  }

  /** The outermost section ended: whoever waits for this reader waits no more. */
  private leave(w: World, thread: number): void {
    const bit = 1 << thread;
    const mine = w.layout.clock(thread);
    w.learn(this.leftClock, mine);
    for (let t = 0; t < w.layout.threads; t++) {
      if ((w.get(this.waiting + t) & bit) === 0) continue;
      w.s[this.waiting + t] = w.get(this.waiting + t) & ~bit;
      w.learn(this.readerClocks[t] as number, mine);
    }
  }

  /** A grace period begins for `thread`: it looks at every section. */
  begin(w: World, thread: number): void {
    let inside = 0;
    for (let t = 0; t < w.layout.threads; t++) {
      w.reads(this.sections[t] as number);
      if (w.get(this.depth + t) > 0) inside |= 1 << t;
    }
    w.s[this.seen + thread] = inside;
    w.s[this.waiting + thread] = inside;
    w.copyClock(this.readerClocks[thread] as number, this.leftClock);
  }

  publishBegin(w: World, thread: number): void {
    w.learn(this.beginClock, w.layout.clock(thread));
  }

  hasEnded(w: World, thread: number): boolean {
    return w.get(this.waiting + thread) === 0;
  }

  /** The grace period of `thread` has ended: it looks again at the sections it waited for. */
  finish(w: World, thread: number): void {
    const seen = w.get(this.seen + thread);
    for (let t = 0; t < w.layout.threads; t++) {
      if ((seen & (1 << t)) !== 0) w.reads(this.sections[t] as number);
    }
    w.learn(w.layout.clock(thread), this.readerClocks[thread] as number);
  }

  call(w: World, thread: number, body: number): void {
    w.write(this.queue);
    const at = w.get(this.called);
    if (at >= this.capacity) throw new Error(`too many callbacks of ${this.name}`);
    w.s[this.bodies + at] = body;
    w.copyClock(this.callClocks[at] as number, w.layout.clock(thread));
    w.s[this.called] = at + 1;
  }

  hasCalls(w: World): boolean {
    return w.get(this.called) > w.get(this.batched);
  }

  takeBatch(w: World): void {
    w.s[this.batched] = w.get(this.called);
  }

  /** The body of the next callback of the batch, which thereby starts; -1 when there is none. */
  next(w: World, daemon: number): number {
    const at = w.get(this.started);
    if (at === w.get(this.batched)) return -1;
    w.s[this.started] = at + 1;
    w.learn(w.layout.clock(daemon), this.callClocks[at] as number);
    return w.get(this.bodies + at);
  }
}

export class RcuReadLock implements Step {
  constructor(private readonly rcu: Rcu) {}

  branches(): number {
    return 1;
  }

  execute(w: World, thread: number): void {
    this.rcu.readLock(w, thread);
  }
}

export class RcuReadUnlock implements Step {
  constructor(private readonly rcu: Rcu) {}

  branches(): number {
    return 1;
  }

  execute(w: World, thread: number): void {
    this.rcu.readUnlock(w, thread);
  }
}

export class SynchronizeBegin implements Step {
  constructor(private readonly rcu: Rcu) {}

  branches(): number {
    return 1;
  }

  execute(w: World, thread: number): void {
    const { rcu } = this;
    const insideOwn = w.get(rcu.depth + thread) > 0;
    rcu.begin(w, thread);
    if (insideOwn) w.violate('lock-misuse', rcu.name);
    else rcu.publishBegin(w, thread);
  }
}

export class SynchronizeEnd implements Step {
  constructor(private readonly rcu: Rcu) {}

  branches(w: World, thread: number): number {
    return this.rcu.hasEnded(w, thread) ? 1 : 0;
  }

  waitsFor(w: World, thread: number): number {
    return w.get(this.rcu.waiting + thread);
  }

  execute(w: World, thread: number): void {
    this.rcu.finish(w, thread);
  }
}

export class Call implements Step {
  /** Where the callback begins; known when the code is laid out. */
  body = -1;

  constructor(private readonly rcu: Rcu) {}

  branches(): number {
    return 1;
  }

  execute(w: World, thread: number): void {
    this.rcu.call(w, thread, this.body);
  }
}

/** The daemon takes all queued callbacks as one batch. */
export class Take implements Step {
  constructor(private readonly rcu: Rcu) {}

  branches(w: World): number {
    return this.rcu.hasCalls(w) ? 1 : 0;
  }

  execute(w: World, daemon: number): void {
    w.write(this.rcu.queue);
    this.rcu.begin(w, daemon);
    this.rcu.publishBegin(w, daemon);
    this.rcu.takeBatch(w);
  }
}

/** The grace period of the batch is over. */
export class Grace implements Step {
  constructor(private readonly rcu: Rcu) {}

  branches(w: World, daemon: number): number {
    return this.rcu.hasEnded(w, daemon) ? 1 : 0;
  }

  waitsFor(w: World, daemon: number): number {
    return w.get(this.rcu.waiting + daemon);
  }

  execute(w: World, daemon: number): void {
    w.write(this.rcu.queue);
    this.rcu.finish(w, daemon);
  }
}

/** Goes to the next callback of the batch, or back to taking. */
export class NextCallback implements Local {
  constructor(
    private readonly rcu: Rcu,
    private readonly idle: number,
  ) {}

  run(w: World, daemon: number): void {
    const { layout } = w;
    const body = this.rcu.next(w, daemon);
    w.s.fill(0, layout.register(daemon, 0), layout.register(daemon, layout.registers));
    w.s[layout.pc(daemon)] = body < 0 ? this.idle : body;
  }
}
