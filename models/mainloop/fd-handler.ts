import type { Atomic, Block, Mutex, Routine, Sim } from '../../src/index.js';
import type { QomObject } from '../qom/object.js';
import { type Handler, type HandlerRules, plainRules } from './handler.js';

/** What can be polled: a socket, an event notifier. It stays readable until whoever reads it says otherwise. */
export interface Fd {
  readonly readable: Atomic<boolean>;
}

/** What an event loop calls when a file descriptor is readable: without a reference on anything, like a bottom half. */
export interface FdHandler extends Handler {
  readonly block: Block;
  readonly fd: Fd;
  readonly read: () => Routine;
  /** It was removed while the list was walked, and the walk must skip it. Upstream: QLIST_IS_INSERTED, which looks without the lock. */
  readonly deleted: Atomic<boolean>;
}

/**
 * The file descriptors that one event loop watches. Any thread may change them; one thread at a time walks them.
 *
 * Upstream: util/aio-posix.c: aio_set_fd_handler, aio_dispatch_ready_handlers, aio_free_deleted_handlers; `list_lock`, which counts
 * those who walk and is a lock for those who change. Left out: write and poll handlers, fdmon.
 */
export class FdHandlers {
  private readonly sim: Sim;
  private readonly rules: HandlerRules;
  private readonly handlers: Atomic<readonly FdHandler[]>;
  private readonly removed: Atomic<readonly FdHandler[]>;
  private readonly walkers: Atomic<number>;
  private readonly lock: Mutex;

  constructor(sim: Sim, loop: string, rules: HandlerRules = plainRules) {
    this.sim = sim;
    this.rules = rules;
    this.handlers = sim.atomic<readonly FdHandler[]>(`${loop} fd handlers`, []);
    this.removed = sim.atomic<readonly FdHandler[]>(`${loop} fd handlers removed`, []);
    this.walkers = sim.atomic(`${loop} list_lock count`, 0);
    this.lock = sim.mutex(`${loop} list_lock`);
  }

  /** aio_set_fd_handler: at most one handler for each; the one there was, if any, is removed. */
  *set(name: string, fd: Fd, read: () => Routine, owner?: () => QomObject): Routine {
    this.sim.log(`aio_set_fd_handler ${name}`);
    const block = yield* this.sim.alloc(`fd handler ${name}`);
    const deleted = block.atomic('deleted', false);
    const out = () => deleted.peek();
    const handler = { name: block.name, block, fd, read, deleted, owner, out };
    yield* this.rules.registered(handler);
    yield* this.rules.removal(() => this.exchange(fd, [handler]), true);
  }

  /** aio_set_fd_handler with no handler: frees it, or leaves it to the outermost of the walks that are under way. */
  *remove(fd: Fd): Routine {
    this.sim.log('aio_set_fd_handler: no handler');
    yield* this.rules.removal(() => this.exchange(fd, []), true);
  }

  /** What poll(2) would return now: a peek, allowed where peeks are. */
  get ready(): readonly FdHandler[] {
    return this.handlers.peek().filter(({ fd }) => fd.readable.peek());
  }

  /**
   * aio_dispatch_handlers: calls those that were found ready and are still there. One that another thread or a nested poll has served
   * meanwhile is called all the same. Returns whether any was.
   */
  *dispatch(ready: readonly FdHandler[]): Routine<boolean> {
    if (ready.length === 0) return false;
    let progress = false;
    yield* this.walkers.fetchAdd(1);
    const there = yield* this.handlers.load();
    for (const handler of ready.filter((each) => there.includes(each))) {
      const look = () => isThere(handler);
      if (yield* this.rules.dispatch(handler, look, () => this.call(handler))) progress = true;
    }
    yield* this.freeRemoved();
    yield* this.walkers.fetchAdd(-1);
    return progress;
  }

  /** aio_dispatch_handler */
  private *call({ block, read }: FdHandler): Routine {
    this.sim.log(`aio_dispatch_handler ${block.name}`);
    yield* read();
  }

  /** Puts a handler, or none, in the place of the one for a descriptor; returns that. */
  private *exchange(fd: Fd, now: readonly FdHandler[]): Routine<FdHandler | undefined> {
    yield* this.lock.lock();
    const before = yield* this.handlers.update((all) => [
      ...now,
      ...all.filter((each) => each.fd !== fd),
    ]);
    const handler = before.find((each) => each.fd === fd);
    if (handler !== undefined) yield* this.giveUp(handler);
    yield* this.lock.unlock();
    return handler;
  }

  /** aio_remove_fd_handler */
  private *giveUp(handler: FdHandler): Routine {
    if ((yield* this.walkers.load()) === 0) return yield* this.sim.free(handler.block);
    yield* handler.deleted.store(true);
    yield* this.removed.update((removed) => [...removed, handler]);
  }

  /** aio_free_deleted_handlers: the outermost walk does it. */
  private *freeRemoved(): Routine {
    if ((yield* this.removed.load()).length === 0) return;
    yield* this.lock.lock();
    const removed = (yield* this.walkers.load()) === 1 ? yield* this.removed.exchange([]) : [];
    for (const { block } of removed) yield* this.sim.free(block);
    yield* this.lock.unlock();
  }
}

function* isThere({ deleted }: FdHandler): Routine<boolean> {
  return !(yield* deleted.load());
}
