import { Item } from './objects.js';
import type { Layout, Step, World } from './world.js';

/** An event (0 or 1) or a semaphore (a count). */
export class Signals extends Item {
  readonly count: number;
  readonly clock: number;

  constructor(layout: Layout, name: string, initial: number) {
    super(layout, name, undefined);
    this.count = layout.reserve(1, initial);
    this.clock = layout.reserveClock();
  }
}

export class SetEvent implements Step {
  constructor(private readonly event: Signals) {}

  branches(): number {
    return 1;
  }

  execute(w: World, thread: number): void {
    w.write(this.event.object);
    w.s[this.event.count] = 1;
    w.learn(this.event.clock, w.layout.clock(thread));
  }
}

export class ResetEvent implements Step {
  constructor(private readonly event: Signals) {}

  branches(): number {
    return 1;
  }

  execute(w: World): void {
    w.write(this.event.object);
    w.s[this.event.count] = 0;
  }
}

export class WaitEvent implements Step {
  constructor(private readonly event: Signals) {}

  branches(w: World): number {
    return w.get(this.event.count) > 0 ? 1 : 0;
  }

  execute(w: World, thread: number): void {
    w.reads(this.event.object);
    w.learn(w.layout.clock(thread), this.event.clock);
  }
}

export class Post implements Step {
  constructor(private readonly semaphore: Signals) {}

  branches(): number {
    return 1;
  }

  execute(w: World, thread: number): void {
    w.write(this.semaphore.object);
    w.s[this.semaphore.count] = w.get(this.semaphore.count) + 1;
    w.learn(this.semaphore.clock, w.layout.clock(thread));
  }
}

export class WaitSemaphore implements Step {
  constructor(private readonly semaphore: Signals) {}

  branches(w: World): number {
    return w.get(this.semaphore.count) > 0 ? 1 : 0;
  }

  execute(w: World, thread: number): void {
    w.write(this.semaphore.object);
    w.s[this.semaphore.count] = w.get(this.semaphore.count) - 1;
    w.learn(w.layout.clock(thread), this.semaphore.clock);
  }
}
