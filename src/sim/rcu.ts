import type { Execution } from '../engine/execution.js';
import { type Footprint, Mode, type Need } from '../engine/footprint.js';
import { SimObject } from '../engine/object.js';
import { makeOperation, type Operation, OperationKind } from '../engine/operation.js';
import { acquireClock, releaseClock, sync, type VectorClock } from '../engine/sync.js';
import type { Routine, SimThread, ThreadBody } from '../engine/thread.js';
import { checkBody } from './body.js';

/** The read-side critical sections of one thread. */
class Section extends SimObject {
  override readonly type: string = 'section';
  depth = 0;
  /** How many outermost sections were left. */
  left = 0;
  /** What the thread released at the end of each outermost section. */
  readonly ends: VectorClock[] = [];
}

/** A section as it was when a grace period began, which waits for it if the thread was inside. */
interface Reader {
  readonly section: Section;
  readonly thread: SimThread;
  readonly inside: boolean;
  /** The period is not over before this section, counted from 0, was left. */
  readonly number: number;
}

interface Callback {
  readonly body: ThreadBody;
  readonly released: VectorClock | undefined;
}

/** Callbacks waiting for a grace period. */
class Queue extends SimObject {
  override readonly type: string = 'queue';
  waiting: Callback[] = [];
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
  private readonly daemon: SimThread;
  /** @internal */
  readonly queue: Queue;

  /** @internal */
  constructor(execution: Execution, name: string) {
    super(execution, name, undefined);
    this.queue = new Queue(execution, `${name} callbacks`, undefined);
    const serve = this.serve.bind(this);
    const options = { daemon: true, service: true };
    this.daemon = execution.addThread(`${name} callbacks`, serve, options);
  }

  /** Enters a section; sections of one thread nest. */
  readLock(): Operation<void> {
    return makeOperation(readLock, this, undefined, undefined);
  }

  /** Leaves a section; without being in one it is `lock-misuse`. */
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

  /** What was released before the period begins reaches every section that begins later. @internal */
  beginGracePeriod(thread: SimThread): Reader[] {
    sync.merge(thread, this);
    const readers: Reader[] = [];
    for (const [reader, section] of this.sections) {
      const inside = section.depth > 0;
      const number = inside ? section.left : section.left - 1;
      readers.push({ section, thread: reader, inside, number });
    }
    return readers;
  }

  private *serve(): Routine {
    for (;;) {
      const batch: Callback[] = [];
      const readers: Reader[] = [];
      yield* makeOperation(take, this, batch, readers);
      yield* makeOperation(grace, this, batch, readers);
      for (const { body, released } of batch) {
        acquireClock(this.daemon, released);
        yield* checkBody(this.execution, `a callback of ${this.name}`, body);
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
  for (const { section, inside } of extra) if (inside) footprint.add(section.id, Mode.read);
}

function hasLeft({ section, number }: Reader): boolean {
  return section.left > number;
}

/** What all sections before the end of the grace period did is seen after it. */
function endGracePeriod(thread: SimThread, readers: readonly Reader[]): void {
  for (const { section, number } of readers) acquireClock(thread, section.ends[number]);
}

function needsEnds({ extra }: { extra: readonly Reader[] }): Need[] {
  return extra.map(({ section, number }) => ({
    object: section.id,
    least: number + 1,
    most: Infinity,
  }));
}

function waitForReaders(readers: readonly Reader[]): { what: string; holders: SimThread[] } {
  const holders = readers.filter((reader) => !hasLeft(reader)).map(({ thread }) => thread);
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
      if (object.execution.detectRaces) section.ends.push(releaseClock(thread));
    }
  },
  touch: touchSection,
  fixed: true,
});

const end = new OperationKind<Rcu, undefined, Reader[], void>({
  name: 'synchronized',
  mode: Mode.read,
  enabled: ({ extra }) => extra.every(hasLeft),
  needs: needsEnds,
  execute({ extra }, thread) {
    endGracePeriod(thread, extra);
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
    const released = object.execution.detectRaces ? releaseClock(thread) : undefined;
    object.queue.waiting.push({ body: argument, released });
    object.queue.counted(1);
  },
  touch: ({ object }, _thread, footprint) => {
    footprint.add(object.queue.id, Mode.write);
  },
  fixed: true,
});

const take = new OperationKind<Rcu, Callback[], Reader[], void>({
  name: 'take',
  mode: Mode.write,
  idle: true,
  enabled: ({ object }) => object.queue.waiting.length > 0,
  needs: ({ object }) => [{ object: object.queue.id, least: 1, most: Infinity }],
  execute({ object, argument, extra }, thread) {
    argument.push(...object.queue.waiting);
    object.queue.counted(-object.queue.waiting.length);
    object.queue.waiting = [];
    extra.push(...object.beginGracePeriod(thread));
  },
  touch({ object }, _thread, footprint) {
    footprint.add(object.queue.id, Mode.write);
    footprint.add(object.id, Mode.read);
  },
  fixed: true,
  show: ({ argument }) => argument.length,
});

const grace = new OperationKind<Rcu, Callback[], Reader[], void>({
  name: 'grace',
  mode: Mode.write,
  enabled: ({ extra }) => extra.every(hasLeft),
  needs: needsEnds,
  execute({ extra }, thread) {
    endGracePeriod(thread, extra);
  },
  touch(op, thread, footprint) {
    touchReaders(op, thread, footprint);
    footprint.add(op.object.queue.id, Mode.write);
  },
  fixed: true,
  waits: ({ object, extra }) => ({ ...waitForReaders(extra), what: object.name }),
});
