import type { Atomic, Block, Plain, Routine, Sim } from '../../src/index.js';

/** What can be polled: a socket, an event notifier. It stays readable until whoever reads it says otherwise. */
export interface Fd {
  readonly readable: Atomic<boolean>;
}

/** What an event loop calls when a file descriptor is readable: without a reference on anything, like a bottom half. */
export interface FdHandler {
  readonly block: Block;
  readonly fd: Fd;
  readonly read: () => Routine;
  /** It was removed while the list was walked, and the walk must skip it. */
  readonly deleted: Plain<boolean>;
}

/**
 * The file descriptors that one event loop watches.
 *
 * Upstream: util/aio-posix.c: aio_set_fd_handler, aio_dispatch_ready_handlers, aio_free_deleted_handlers; of `list_lock` the count
 * of walkers. Left out: write and poll handlers, fdmon.
 */
export class FdHandlers {
  private readonly sim: Sim;
  private readonly handlers: Atomic<readonly FdHandler[]>;
  private readonly removed: Plain<readonly FdHandler[]>;
  private readonly walkers: Atomic<number>;

  constructor(sim: Sim, loop: string) {
    this.sim = sim;
    this.handlers = sim.atomic<readonly FdHandler[]>(`${loop} fd handlers`, []);
    this.removed = sim.plain<readonly FdHandler[]>(`${loop} fd handlers removed`, []);
    this.walkers = sim.atomic(`${loop} list_lock`, 0);
  }

  /** aio_set_fd_handler: at most one handler for each; the one there was, if any, is removed. */
  *set(name: string, fd: Fd, read: () => Routine): Routine {
    yield* this.remove(fd);
    const block = yield* this.sim.alloc(`fd handler ${name}`);
    const handler = { block, fd, read, deleted: block.plain('deleted', false) };
    yield* this.handlers.update((handlers) => [handler, ...handlers]);
  }

  /** aio_set_fd_handler with no handler: frees it, or leaves it to the outermost of the walks that are under way. */
  *remove(fd: Fd): Routine {
    const before = yield* this.handlers.update((all) => all.filter((each) => each.fd !== fd));
    const handler = before.find((each) => each.fd === fd);
    if (handler === undefined) return;
    if ((yield* this.walkers.load()) === 0) return yield* this.sim.free(handler.block);
    yield* handler.deleted.write(true);
    yield* this.removed.write([...(yield* this.removed.read()), handler]);
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
      if (yield* handler.deleted.read()) continue;
      progress = true;
      yield* handler.read();
    }
    const walkers = yield* this.walkers.fetchAdd(-1);
    if (walkers === 1) yield* this.freeRemoved();
    return progress;
  }

  private *freeRemoved(): Routine {
    const removed = yield* this.removed.read();
    if (removed.length === 0) return;
    yield* this.removed.write([]);
    for (const { block } of removed) yield* this.sim.free(block);
  }
}
