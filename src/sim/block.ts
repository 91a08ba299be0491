import type { Execution } from '../engine/execution.js';
import { Mode } from '../engine/footprint.js';
import { Memory } from '../engine/memory.js';
import { makeOperation, type Operation, OperationKind } from '../engine/operation.js';
import type { World } from '../engine/world.js';
import { checkName } from './arguments.js';
import { Atomic } from './atomic.js';
import { Condition } from './condition.js';
import { SimEvent } from './event.js';
import { Mutex } from './mutex.js';
import { Plain } from './plain.js';
import { Refcount } from './refcount.js';
import { RwLock } from './rwlock.js';
import { Semaphore } from './semaphore.js';

/**
 * A heap block. Its parts live and die with it; a part of a freed or retired block that is touched is a `use-after-free`.
 *
 * @public
 */
export class Block extends Memory {
  /** An atomic variable inside the block. */
  atomic<T>(name: string, initial: T): Atomic<T> {
    return new Atomic(this.execution, this.nameOf(name), initial, this);
  }

  /** Ordinary memory inside the block. */
  plain<T>(name: string, initial: T): Plain<T> {
    return new Plain(this.execution, this.nameOf(name), initial, this);
  }

  /** A mutex inside the block, which must be free when the block is freed. */
  mutex(name: string): Mutex {
    return new Mutex(this.execution, this.nameOf(name), this);
  }

  /** A reader-writer lock inside the block, which must be free when the block is freed. */
  rwlock(name: string): RwLock {
    return new RwLock(this.execution, this.nameOf(name), this);
  }

  /** A condition variable inside the block. */
  condition(name: string, mutex: Mutex): Condition {
    return new Condition(this.execution, this.nameOf(name), mutex, this);
  }

  /** An event inside the block. */
  event(name: string): SimEvent {
    return new SimEvent(this.execution, this.nameOf(name), this);
  }

  /** A semaphore inside the block. */
  semaphore(name: string, count: number): Semaphore {
    return new Semaphore(this.execution, this.nameOf(name), count, this);
  }

  /** A count of references inside the block. */
  refcount(name: string, count: number): Refcount {
    return new Refcount(this.execution, this.nameOf(name), count, this);
  }

  /**
   * A block that shares this block's memory: it dies with it and cannot be freed by itself. With an empty name it goes by that of its
   * container, as a part of a structure that is retired before the rest.
   */
  embed(name: string): Block {
    return new Block(this.execution, name === '' ? this.name : this.nameOf(name), this);
  }

  /**
   * One step after which any access to a part is a `use-after-free` although the memory is still there: a finalized object inside a
   * living one. Retiring what is dead already is a `use-after-free`.
   */
  retire(): Operation<void> {
    return makeOperation(retire, this, undefined, undefined);
  }

  /** Whether the block is neither retired nor freed: a peek, allowed where peeks are. */
  get alive(): boolean {
    this.execution.peekedLiveness(this);
    return !this.dead;
  }

  private nameOf(part: string): string {
    checkName(this.execution, 'a part of a block', part);
    return `${this.name}.${part}`;
  }
}

/** Makes a heap block in one step. */
export function alloc(world: World, name: string): Operation<Block> {
  return makeOperation(allocate, world, name, undefined);
}

/** Gives a heap block back in one step. */
export function free(block: Block): Operation<void> {
  return makeOperation(release, block, undefined, undefined);
}

/** A block made during set-up. */
export function makeBlock(execution: Execution, name: string): Block {
  return new Block(execution, name, undefined);
}

const allocate = new OperationKind<World, string, undefined, Block>({
  name: 'alloc',
  mode: Mode.none,
  execute: ({ object, argument }) => new Block(object.execution, argument, undefined),
});

const release = new OperationKind<Block, undefined, undefined, void>({
  name: 'free',
  mode: Mode.write,
  execute: ({ object }, thread) => {
    object.release(thread);
  },
  touch: ({ object }, _thread, footprint) => {
    object.touchAll(footprint);
  },
  fixed: true,
});

const retire = new OperationKind<Block, undefined, undefined, void>({
  name: 'retire',
  mode: Mode.write,
  execute: ({ object }, thread) => {
    object.expire(thread);
  },
  touch: ({ object }, _thread, footprint) => {
    object.touchAll(footprint);
  },
  fixed: true,
});
