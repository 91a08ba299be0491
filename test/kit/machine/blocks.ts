import { ALIVE, type Block, FREED, RETIRED, type Variable } from './objects.js';
import { exchangeClocks } from './variables.js';
import type { Step, World } from './world.js';

function whole(block: Block): Block[] {
  return [block, ...block.embedded];
}

export class Alloc implements Step {
  constructor(private readonly block: Block) {}

  branches(): number {
    return 1;
  }

  execute(w: World): void {
    if (w.get(this.block.status) !== 0) throw new Error(`block ${this.block.name} is made twice`);
    for (const block of whole(this.block)) w.s[block.status] = ALIVE;
  }
}

export class Free implements Step {
  constructor(private readonly block: Block) {}

  branches(): number {
    return 1;
  }

  execute(w: World): void {
    const { block } = this;
    for (const part of whole(block)) w.write(part.object);
    const status = w.get(block.status);
    if (status === 0) throw new Error(`block ${block.name} is freed before it is made`);
    if (block.container !== undefined || status === FREED) {
      w.violate('double-free', block.name);
      return;
    }
    const held = block.mutexes.find((mutex) => w.get(mutex.holder) !== 0);
    if (held !== undefined) {
      w.violate('lock-misuse', held.name);
      return;
    }
    for (const part of whole(block)) w.s[part.status] = FREED;
  }
}

export class Retire implements Step {
  constructor(private readonly block: Block) {}

  branches(): number {
    return 1;
  }

  execute(w: World): void {
    const { block } = this;
    for (const part of whole(block)) w.write(part.object);
    if (!block.isAlive(w)) {
      w.violate('use-after-free', block.name);
      return;
    }
    for (const part of whole(block)) w.s[part.status] = RETIRED;
  }
}

/** get and put: `by` is +1 or -1. */
export class Count implements Step {
  constructor(
    private readonly count: Variable,
    private readonly by: 1 | -1,
    private readonly to: number | undefined,
  ) {}

  branches(): number {
    return 1;
  }

  execute(w: World, thread: number): void {
    const { count } = this;
    w.write(count.object);
    if (!count.touch(w)) return;
    const old = w.get(count.value);
    if (old === 0) {
      w.violate('refcount', count.name);
      return;
    }
    exchangeClocks(w, thread, count);
    w.s[count.value] = old + this.by;
    w.setRegister(thread, this.to, old + this.by === 0 ? 1 : 0);
  }
}

export class TryGet implements Step {
  constructor(
    private readonly count: Variable,
    private readonly to: number | undefined,
  ) {}

  branches(): number {
    return 1;
  }

  execute(w: World, thread: number): void {
    const { count } = this;
    const old = w.get(count.value);
    const succeeds = count.isAlive(w) && old > 0;
    if (succeeds) w.write(count.object);
    else w.reads(count.object);
    if (!count.touch(w)) return;
    if (succeeds) {
      exchangeClocks(w, thread, count);
      w.s[count.value] = old + 1;
    } else w.learn(w.layout.clock(thread), count.clock);
    w.setRegister(thread, this.to, succeeds ? 1 : 0);
  }
}
