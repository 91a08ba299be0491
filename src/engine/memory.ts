import type { Footprint } from './footprint.js';
import { Mode } from './footprint.js';
import { SimObject } from './object.js';
import type { SimThread } from './thread.js';

/** A step of a thread, kept to say later where something happened. */
interface Moment {
  readonly thread: string;
  readonly step: number;
}

/** A lock inside a block, which must not be held when the block is freed. */
export interface HeldPart {
  readonly name: string;
  readonly heldBy: string | undefined;
}

function at(moment: Moment | undefined): string {
  return moment === undefined ? 'during set-up' : `at step ${moment.step} by ${moment.thread}`;
}

/**
 * A piece of memory with a lifetime. Its parts are shared objects that live and die with it; every access to one of them asks
 * here first. Memory embedded in other memory dies with its container and cannot be freed by itself.
 *
 * @public
 */
export abstract class Memory extends SimObject {
  override readonly type: string = 'block';
  private state: 'alive' | 'retired' | 'freed' = 'alive';
  private readonly embedded: Memory[] = [];
  private readonly locks: HeldPart[] = [];
  private readonly references: (() => string)[] = [];
  private readonly born: Moment | undefined;
  private died: Moment | undefined = undefined;
  /** Whether it was to be freed while a lock in it was held. */
  private refused = false;

  constructor(
    execution: SimObject['execution'],
    name: string,
    /** The memory that this is embedded in. @internal */
    readonly container: Memory | undefined,
  ) {
    super(execution, name, undefined);
    this.born = container === undefined ? this.now() : container.born;
    if (container === undefined) execution.allocated(this);
    else {
      container.embedded.push(this);
      // What is embedded in dead memory is dead.
      this.state = container.state;
      this.died = container.died;
    }
  }

  /** Whether an access is an error. @internal */
  get dead(): boolean {
    return this.state !== 'alive';
  }

  /** Whether the memory was given back. @internal */
  get freed(): boolean {
    return this.state === 'freed';
  }

  /** Registers a lock that is a part. @internal */
  contains(lock: HeldPart): void {
    this.locks.push(lock);
  }

  /** Registers a count of references to this memory, which says who took them. @internal */
  countedBy(describe: () => string): void {
    this.references.push(describe);
  }

  /** Who is known to refer to this memory or to what is embedded in it. @internal */
  describeReferences(): string[] {
    return [
      ...this.references.map((describe) => describe()),
      ...this.embedded.flatMap((part) => part.describeReferences()),
    ];
  }

  /** Every access to a part comes here when the memory is dead. @internal */
  reportUse(part: SimObject): never {
    const how = this.state === 'retired' ? 'retired' : 'freed';
    const still = this.whole.refused ? 'it could not be freed' : 'its memory is still there';
    const fate = how === 'retired' ? `retired (${still})` : how;
    this.execution.fail(
      'use-after-free',
      this.name,
      `${part === this ? this.name : `${part.name}, a part of ${this.name},`} was used after ${this.name} was ${fate}`,
      this.history(how),
    );
  }

  /** Ends the life of the memory, which is given back. @internal */
  release(thread: SimThread): void {
    if (this.container !== undefined) {
      this.execution.fail(
        'double-free',
        this.name,
        `${this.name} is embedded in ${this.container.name} and cannot be freed by itself`,
        [`${this.name} was embedded ${at(this.born)}`],
      );
    }
    if (this.freed) {
      this.execution.fail(
        'double-free',
        this.name,
        `${this.name} was freed a second time`,
        this.history('freed'),
      );
    }
    const held = this.heldLock();
    if (held !== undefined) {
      this.refused = true;
      this.execution.fail(
        'lock-misuse',
        held.name,
        `${this.name} was freed while ${held.heldBy ?? 'a thread'} holds ${held.name}`,
      );
    }
    this.die('freed', { thread: thread.name, step: this.execution.steps });
    this.execution.released(this);
  }

  /** Makes every later access an error, although the memory stays. @internal */
  expire(thread: SimThread): void {
    if (this.dead) this.reportUse(this);
    this.die('retired', { thread: thread.name, step: this.execution.steps });
  }

  /** Free and retire write every part: the liveness of this memory and of all that is embedded in it. @internal */
  touchAll(footprint: Footprint): void {
    footprint.add(this.id, Mode.write);
    for (const part of this.embedded) part.touchAll(footprint);
  }

  /** Where it was allocated, for the report of a leak. @internal */
  get origin(): string {
    const { whole } = this;
    const part = whole.name === this.name ? '' : `, with ${this.name} in it,`;
    return `${whole.name}${part} was allocated ${at(this.born)}`;
  }

  /** What it is embedded in, at whatever depth, that is embedded in nothing. */
  private get whole(): Memory {
    return this.container === undefined ? this : this.container.whole;
  }

  private history(how: string): string[] {
    return [this.origin, `${this.name} was ${how} ${at(this.died)}`];
  }

  private heldLock(): HeldPart | undefined {
    for (const lock of this.locks) if (lock.heldBy !== undefined) return lock;
    for (const part of this.embedded) {
      const held = part.heldLock();
      if (held !== undefined) return held;
    }
    return undefined;
  }

  private die(state: 'retired' | 'freed', when: Moment): void {
    this.counted(1);
    this.state = state;
    this.died = when;
    for (const part of this.embedded) {
      if (state === 'freed' || part.state === 'alive') part.die(state, when);
    }
  }

  private now(): Moment | undefined {
    const thread = this.execution.current;
    return thread === undefined ? undefined : { thread: thread.name, step: this.execution.steps };
  }
}

/** Fails with `use-after-free` if the object is a part of dead memory. @internal */
export function checkAlive(object: SimObject): void {
  const memory = object.memory;
  if (memory !== undefined && memory.dead) memory.reportUse(object);
}
