import type { Execution } from '../engine/execution.js';
import { type Footprint, Mode } from '../engine/footprint.js';
import { SimObject } from '../engine/object.js';
import { makeOperation, type Operation, OperationKind } from '../engine/operation.js';
import type { StepTaken } from '../engine/scheduler.js';
import { sync } from '../engine/sync.js';
import type { Routine, SimThread, ThreadBody } from '../engine/thread.js';
import { checkBody } from './body.js';

/** The read-side critical sections of one thread. */
class Section extends SimObject {
  override readonly type: string = 'section';
  depth = 0;
  /** How many outermost sections were left. */
  left = 0;
}

/** A section that a grace period waits for, as it was when the period began. */
interface Reader {
  readonly section: Section;
  readonly thread: SimThread;
  readonly left: number;
}

/** Callbacks waiting for a grace period. */
class Queue extends SimObject {
  override readonly type: string = 'queue';
  waiting: ThreadBody[] = [];
}

/**
 * Read-copy-update: readers mark their sections, and a grace period is over when every section that was open at its beginning was
 * left (McKenney and Slingwine, PDCS 1998). A grace period waits for nothing else and never blocks readers.
 *
 * @public
 */
export class Rcu extends SimObject {
  override readonly type: string = 'rcu';
  private readonly sections = new Map<SimThread, Section>();
  /** @internal */
  readonly queue: Queue;

  /** @internal */
  constructor(execution: Execution, name: string) {
    super(execution, name, undefined);
    this.queue = new Queue(execution, `${name} callbacks`, undefined);
    const serve = this.serve.bind(this);
    execution.addThread(`${name} callbacks`, serve, { daemon: true, service: true });
  }

  /** Enters a section; sections of one thread nest. */
  readLock(): Operation<void> {
    return makeOperation(readLock, this, undefined, undefined);
  }

  /** Leaves a section. */
  readUnlock(): Operation<void> {
    return makeOperation(readUnlock, this, undefined, undefined);
  }

  /**
   * Waits for a grace period: one step to begin, and one that is enabled when every reader that was inside then has left. Inside
   * the thread's own section it is `lock-misuse`: it would wait for itself.
   */
  synchronize(): Operation<void> {
    return makeOperation(begin, this, undefined, []);
  }

  /**
   * Runs a callback on the daemon thread after a grace period. Callbacks run in order, one at a time; those waiting when a grace
   * period begins share it.
   */
  call(callback: ThreadBody): Operation<void> {
    return makeOperation(call, this, callback, undefined);
  }

  /** @internal */
  section(thread: SimThread): Section | undefined {
    return this.sections.get(thread);
  }

  /** @internal */
  enter(thread: SimThread): void {
    let section = this.sections.get(thread);
    if (section === undefined) {
      section = new Section(this.execution, `${this.name} section of ${thread.name}`, undefined);
      this.sections.set(thread, section);
    }
    section.depth++;
  }

  /** The readers inside now; the thread sees what those that left did in their sections. @internal */
  beginGracePeriod(thread: SimThread): Reader[] {
    const readers: Reader[] = [];
    for (const [reader, section] of this.sections) {
      sync.acquire(thread, section);
      if (section.depth > 0) readers.push({ section, thread: reader, left: section.left });
    }
    sync.merge(thread, this);
    return readers;
  }

  private *serve(): Routine {
    for (;;) {
      const batch: ThreadBody[] = [];
      const readers: Reader[] = [];
      yield* makeOperation(take, this, batch, readers);
      yield* makeOperation(grace, this, batch, readers);
      for (const callback of batch) {
        yield* checkBody(this.execution, `a callback of ${this.name}`, callback);
      }
    }
  }
}

function touchSection({ object }: { object: Rcu }, thread: SimThread, footprint: Footprint): void {
  const section = object.section(thread);
  if (section !== undefined) footprint.add(section.id, Mode.write);
  // Whoever begins a grace period looks at all sections, those of threads not yet born included.
  footprint.add(object.id, Mode.member);
}

function touchReaders(
  { extra }: { extra: readonly Reader[] },
  _thread: SimThread,
  footprint: Footprint,
): void {
  for (const { section } of extra) footprint.add(section.id, Mode.read);
}

function allLeft(readers: readonly Reader[]): boolean {
  return readers.every(({ section, left }) => section.left !== left);
}

function couldHaveLeft({ extra }: StepTaken, counter: (object: number) => number): boolean {
  return (extra as readonly Reader[]).every(({ section, left }) => counter(section.id) > left);
}

function waitForReaders(readers: readonly Reader[]): { what: string; holders: SimThread[] } {
  const holders = readers
    .filter(({ section, left }) => section.left === left)
    .map(({ thread }) => thread);
  return { what: 'readers', holders };
}

const readLock = new OperationKind<Rcu, undefined, undefined, void>({
  name: 'readLock',
  mode: Mode.write,
  execute({ object }, thread) {
    object.enter(thread);
    sync.acquire(thread, object);
  },
  touch: touchSection,
  fixed: true,
});

const readUnlock = new OperationKind<Rcu, undefined, undefined, void>({
  name: 'readUnlock',
  mode: Mode.write,
  execute({ object }, thread) {
    const section = object.section(thread);
    if (section === undefined || section.depth === 0) {
      return object.execution.fail(
        'lock-misuse',
        object.name,
        `${thread.name} leaves a read section of ${object.name} without being in one`,
      );
    }
    section.depth--;
    if (section.depth === 0) {
      section.left++;
      section.counted(1);
      sync.merge(thread, section);
    }
  },
  touch: touchSection,
  fixed: true,
});

const end = new OperationKind<Rcu, undefined, Reader[], void>({
  name: 'synchronized',
  mode: Mode.read,
  enabled: ({ extra }) => allLeft(extra),
  feasible: couldHaveLeft,
  execute({ extra }, thread) {
    for (const { section } of extra) sync.acquire(thread, section);
  },
  touch: touchReaders,
  fixed: true,
  waits: ({ object, extra }) => ({ ...waitForReaders(extra), what: object.name }),
});

const begin = new OperationKind<Rcu, undefined, Reader[], void>({
  name: 'synchronize',
  mode: Mode.read,
  followedBy: end,
  execute({ object, extra }, thread) {
    if ((object.section(thread)?.depth ?? 0) > 0) {
      object.execution.fail(
        'lock-misuse',
        object.name,
        `${thread.name} waits for a grace period of ${object.name} inside its own read section`,
      );
    }
    extra.push(...object.beginGracePeriod(thread));
  },
});

const call = new OperationKind<Rcu, ThreadBody, undefined, void>({
  name: 'call',
  mode: Mode.write,
  execute({ object, argument }, thread) {
    object.queue.waiting.push(argument);
    object.queue.counted(1);
    sync.merge(thread, object.queue);
  },
  touch: ({ object }, _thread, footprint) => {
    footprint.add(object.queue.id, Mode.write);
  },
  fixed: true,
});

const take = new OperationKind<Rcu, ThreadBody[], Reader[], void>({
  name: 'take',
  mode: Mode.write,
  idle: true,
  enabled: ({ object }) => object.queue.waiting.length > 0,
  feasible: ({ object }, counter) => counter((object as Rcu).queue.id) > 0,
  execute({ object, argument, extra }, thread) {
    argument.push(...object.queue.waiting);
    object.queue.counted(-object.queue.waiting.length);
    object.queue.waiting = [];
    sync.acquire(thread, object.queue);
    extra.push(...object.beginGracePeriod(thread));
  },
  touch({ object }, _thread, footprint) {
    footprint.add(object.queue.id, Mode.write);
    footprint.add(object.id, Mode.read);
  },
  fixed: true,
  show: ({ argument }) => argument.length,
});

const grace = new OperationKind<Rcu, ThreadBody[], Reader[], void>({
  name: 'grace',
  mode: Mode.write,
  enabled: ({ extra }) => allLeft(extra),
  feasible: couldHaveLeft,
  execute({ extra }, thread) {
    for (const { section } of extra) sync.acquire(thread, section);
  },
  touch(op, thread, footprint) {
    touchReaders(op, thread, footprint);
    footprint.add(op.object.queue.id, Mode.write);
  },
  fixed: true,
  waits: ({ object, extra }) => ({ ...waitForReaders(extra), what: object.name }),
});
