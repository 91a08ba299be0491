import { Item, type Mutex } from './objects.js';
import type { Layout, Step, World } from './world.js';

export class Lock implements Step {
  constructor(private readonly mutex: Mutex) {}

  branches(w: World, thread: number): number {
    const holder = w.get(this.mutex.holder);
    return holder === 0 || holder === thread + 1 || !this.mutex.isAlive(w) ? 1 : 0;
  }

  execute(w: World, thread: number): void {
    const { mutex } = this;
    w.write(mutex.object);
    if (!mutex.touch(w)) return;
    if (w.get(mutex.holder) !== 0) {
      w.violate('lock-misuse', mutex.name);
      return;
    }
    acquire(w, thread, mutex);
  }

  waitsFor(w: World): number {
    return holderOf(w, this.mutex);
  }
}

function acquire(w: World, thread: number, mutex: Mutex): void {
  w.s[mutex.holder] = thread + 1;
  w.learn(w.layout.clock(thread), mutex.clock);
}

function release(w: World, thread: number, mutex: Mutex): void {
  w.s[mutex.holder] = 0;
  w.copyClock(mutex.clock, w.layout.clock(thread));
}

function holderOf(w: World, mutex: Mutex): number {
  const holder = w.get(mutex.holder);
  return holder === 0 ? 0 : 1 << (holder - 1);
}

export class TryLock implements Step {
  constructor(
    private readonly mutex: Mutex,
    private readonly to: number | undefined,
  ) {}

  branches(): number {
    return 1;
  }

  execute(w: World, thread: number): void {
    const { mutex } = this;
    const free = mutex.isAlive(w) && w.get(mutex.holder) === 0;
    if (free) w.write(mutex.object);
    else w.reads(mutex.object);
    if (!mutex.touch(w)) return;
    if (free) acquire(w, thread, mutex);
    w.setRegister(thread, this.to, free ? 1 : 0);
  }
}

export class Unlock implements Step {
  constructor(private readonly mutex: Mutex) {}

  branches(): number {
    return 1;
  }

  execute(w: World, thread: number): void {
    const { mutex } = this;
    w.write(mutex.object);
    if (!mutex.touch(w)) return;
    if (w.get(mutex.holder) === thread + 1) release(w, thread, mutex);
    else w.violate('lock-misuse', mutex.name);
  }
}

export class RwLock extends Item {
  /** Thread + 1, or 0. */
  readonly writer: number;
  /** How often each thread holds it for reading. */
  readonly readers: number;
  readonly readClock: number;
  readonly writeClock: number;

  constructor(layout: Layout, name: string) {
    super(layout, name, undefined);
    this.writer = layout.reserve(1);
    this.readers = layout.reserve(layout.threads);
    this.readClock = layout.reserveClock();
    this.writeClock = layout.reserveClock();
  }

  /** The threads that hold it for reading, as a bit set. */
  readerSet(w: World): number {
    let set = 0;
    for (let t = 0; t < w.layout.threads; t++) if (w.get(this.readers + t) > 0) set |= 1 << t;
    return set;
  }
}

export class ReadLock implements Step {
  constructor(private readonly lock: RwLock) {}

  branches(w: World, thread: number): number {
    const writer = w.get(this.lock.writer);
    return writer === 0 || writer === thread + 1 ? 1 : 0;
  }

  execute(w: World, thread: number): void {
    const { lock } = this;
    w.reads(lock.object);
    if (w.get(lock.writer) !== 0) {
      w.violate('lock-misuse', lock.name);
      return;
    }
    const own = lock.readers + thread;
    w.s[own] = w.get(own) + 1;
    w.learn(w.layout.clock(thread), lock.writeClock);
  }

  waitsFor(w: World): number {
    return 1 << (w.get(this.lock.writer) - 1);
  }
}

export class ReadUnlock implements Step {
  constructor(private readonly lock: RwLock) {}

  branches(): number {
    return 1;
  }

  execute(w: World, thread: number): void {
    const { lock } = this;
    w.reads(lock.object);
    const own = lock.readers + thread;
    if (w.get(own) === 0) {
      w.violate('lock-misuse', lock.name);
      return;
    }
    w.s[own] = w.get(own) - 1;
    w.learn(lock.readClock, w.layout.clock(thread));
  }
}

export class WriteLock implements Step {
  constructor(private readonly lock: RwLock) {}

  branches(w: World, thread: number): number {
    const { lock } = this;
    const writer = w.get(lock.writer);
    if (writer === thread + 1 || w.get(lock.readers + thread) > 0) return 1;
    return writer === 0 && lock.readerSet(w) === 0 ? 1 : 0;
  }

  execute(w: World, thread: number): void {
    const { lock } = this;
    w.write(lock.object);
    if (w.get(lock.writer) === thread + 1 || w.get(lock.readers + thread) > 0) {
      w.violate('lock-misuse', lock.name);
      return;
    }
    w.s[lock.writer] = thread + 1;
    w.learn(w.layout.clock(thread), lock.readClock);
    w.learn(w.layout.clock(thread), lock.writeClock);
  }

  waitsFor(w: World): number {
    const writer = w.get(this.lock.writer);
    return writer === 0 ? this.lock.readerSet(w) : 1 << (writer - 1);
  }
}

export class WriteUnlock implements Step {
  constructor(private readonly lock: RwLock) {}

  branches(): number {
    return 1;
  }

  execute(w: World, thread: number): void {
    const { lock } = this;
    w.write(lock.object);
    if (w.get(lock.writer) !== thread + 1) {
      w.violate('lock-misuse', lock.name);
      return;
    }
    w.s[lock.writer] = 0;
    w.copyClock(lock.writeClock, w.layout.clock(thread));
  }
}

export class Condition extends Item {
  /** Waiting and not yet signalled threads + 1, in order of waiting; 0 after the last. */
  readonly queue: number;
  /** 1 for each thread that was signalled and has not woken yet. */
  readonly signalled: number;
  /** What the signaller of each thread knew. */
  private readonly clocks: readonly number[];

  constructor(
    layout: Layout,
    name: string,
    readonly mutex: Mutex,
  ) {
    super(layout, name, undefined);
    this.queue = layout.reserve(layout.threads + 1);
    this.signalled = layout.reserve(layout.threads);
    this.clocks = Array.from({ length: layout.threads }, () => layout.reserveClock());
  }

  waiting(w: World): number {
    let count = 0;
    while (w.get(this.queue + count) !== 0) count++;
    return count;
  }

  /** Moves the waiter at `index` out of the queue; it may wake. */
  release(w: World, index: number, by: number): void {
    const thread = w.get(this.queue + index) - 1;
    w.s.copyWithin(this.queue + index, this.queue + index + 1, this.queue + w.layout.threads + 1);
    w.s[this.signalled + thread] = 1;
    w.copyClock(this.clockFor(thread), w.layout.clock(by));
  }

  clockFor(thread: number): number {
    return this.clocks[thread] as number;
  }
}

export class Wait implements Step {
  constructor(private readonly condition: Condition) {}

  branches(): number {
    return 1;
  }

  execute(w: World, thread: number): void {
    const { condition } = this;
    const { mutex } = condition;
    w.write(condition.object);
    w.write(mutex.object);
    if (!mutex.touch(w)) return;
    if (w.get(mutex.holder) !== thread + 1) {
      w.violate('lock-misuse', mutex.name);
      return;
    }
    release(w, thread, mutex);
    w.s[condition.queue + condition.waiting(w)] = thread + 1;
  }
}

/** The second step of `condition.wait`. */
export class Wake implements Step {
  constructor(private readonly condition: Condition) {}

  branches(w: World, thread: number): number {
    const { condition } = this;
    if (w.get(condition.signalled + thread) === 0) return 0;
    return w.get(condition.mutex.holder) === 0 || !condition.mutex.isAlive(w) ? 1 : 0;
  }

  execute(w: World, thread: number): void {
    const { condition } = this;
    w.write(condition.object);
    w.write(condition.mutex.object);
    if (!condition.mutex.touch(w)) return;
    w.s[condition.signalled + thread] = 0;
    w.learn(w.layout.clock(thread), condition.clockFor(thread));
    acquire(w, thread, condition.mutex);
  }

  waitsFor(w: World, thread: number): number {
    const signalled = w.get(this.condition.signalled + thread) !== 0;
    return signalled ? holderOf(w, this.condition.mutex) : 0;
  }
}

export class Signal implements Step {
  constructor(private readonly condition: Condition) {}

  branches(w: World): number {
    return Math.max(1, this.condition.waiting(w));
  }

  execute(w: World, thread: number, branch: number): void {
    w.write(this.condition.object);
    if (this.condition.waiting(w) > 0) this.condition.release(w, branch, thread);
  }
}

export class Broadcast implements Step {
  constructor(private readonly condition: Condition) {}

  branches(): number {
    return 1;
  }

  execute(w: World, thread: number): void {
    w.write(this.condition.object);
    while (this.condition.waiting(w) > 0) this.condition.release(w, 0, thread);
  }
}
