import type { Atomic, Block, Plain, Routine, Sim } from '../../src/index.js';
import type { QomObject } from '../qom/object.js';
import { type Handler, type HandlerRules, plainRules } from './handler.js';

/** What a bottom half runs. Upstream's `opaque` is what the closure holds: without a reference, as upstream. */
export type BottomHalfBody = () => Routine;

/** Upstream's BH_PENDING, BH_SCHEDULED and BH_DELETED. */
const Flag = { pending: 1, scheduled: 2, deleted: 4 } as const;

/** All of them: one word, changed atomically. */
interface Flags {
  readonly bits: number;
  /** As a report shows them. */
  readonly name: string;
}

/** Every combination, so that equal ones are the same. */
const combinations: readonly Flags[] = Array.from({ length: 8 }, (_, bits) => {
  const set = Object.entries(Flag).filter(([, bit]) => (bits & bit) !== 0);
  return { bits, name: set.map(([name]) => name).join('|') || 'none' };
});

function flagsOf(bits: number): Flags {
  return combinations[bits]!;
}

/** With some of them set, and some cleared before. */
function changed({ bits }: Flags, set: number, cleared: number): Flags {
  return flagsOf((bits & ~cleared) | set);
}

/** A piece of work for an event loop: a heap block that the loop frees some time after it was deleted. */
export interface BottomHalf extends Handler {
  readonly block: Block;
  readonly flags: Atomic<Flags>;
  readonly body: BottomHalfBody;
  /** Where the re-entrancy guard is of the device whose work it is: set while it runs. */
  readonly guard: Plain<Plain<boolean>> | undefined;
}

/**
 * How a loop knows, after a callback, whose guard it has set: it has kept that, or reads it from the bottom half again (before upstream
 * commit 7915bd06f2).
 */
export type GuardAfterCallback = 'kept' | 'read again';

/**
 * The bottom halves of one event loop. Any thread may schedule, without a lock; one thread at a time runs them. A bottom half
 * holds no reference on what it works on: upstream commits fd392cfa8e and 27eb8499ed are about two that had to take one.
 *
 * Upstream: util/async.c. Waking the loop (aio_notify) is not modelled: the loop blocks until the list is not empty.
 */
export class BottomHalves {
  private readonly sim: Sim;
  private readonly list: Atomic<readonly BottomHalf[]>;
  /** bh_slice_list: what was taken off the list and has not run, the outermost poll's first. Whoever polls owns it. */
  private readonly taken: Plain<readonly BottomHalf[]>;
  private readonly guardAfter: GuardAfterCallback;
  private readonly rules: HandlerRules;

  constructor(
    sim: Sim,
    loop: string,
    guardAfter: GuardAfterCallback = 'kept',
    rules: HandlerRules = plainRules,
  ) {
    this.sim = sim;
    this.guardAfter = guardAfter;
    this.rules = rules;
    this.list = sim.atomic<readonly BottomHalf[]>(`${loop} bottom halves`, []);
    this.taken = sim.plain<readonly BottomHalf[]>(`${loop} bottom halves taken`, []);
  }

  /** aio_bh_new, aio_bh_new_guarded: allocates, does not schedule. */
  *create(
    name: string,
    body: BottomHalfBody,
    guard?: Plain<boolean>,
    owner?: () => QomObject,
  ): Routine<BottomHalf> {
    const block = yield* this.sim.alloc(`bottom half ${name}`);
    const flags = block.atomic('flags', flagsOf(0));
    const half = {
      name: block.name,
      block,
      flags,
      body,
      guard: guard && block.plain('reentrancy_guard', guard),
      owner,
      out: () => has(flags.peek(), Flag.deleted),
    };
    yield* this.rules.registered(half);
    return half;
  }

  /** qemu_bh_schedule */
  *schedule(half: BottomHalf): Routine {
    this.sim.log(`qemu_bh_schedule ${half.block.name}`);
    yield* this.enqueue(half, Flag.scheduled);
  }

  /** qemu_bh_cancel: it stays in the list and is not run. */
  *cancel(half: BottomHalf): Routine {
    this.sim.log(`qemu_bh_cancel ${half.block.name}`);
    yield* this.rules.removal(() => clear(half, Flag.scheduled), false);
  }

  /** qemu_bh_delete: only flags it and aio_bh_poll frees it, so that one that runs may delete itself. */
  *delete(half: BottomHalf): Routine {
    this.sim.log(`qemu_bh_delete ${half.block.name}`);
    yield* this.rules.removal(() => this.enqueue(half, Flag.deleted), true);
  }

  /** Whether the loop has something to do: a peek, allowed where peeks are. */
  get ready(): boolean {
    return this.list.peek().length > 0;
  }

  /**
   * aio_bh_poll: takes the list as it is, runs what is scheduled, frees what is deleted. Returns whether anything ran. A poll inside a
   * bottom half first does what the poll around it has left, which then finds nothing.
   */
  *poll(): Routine<boolean> {
    const fresh = yield* this.list.exchange([]);
    let left = [...(yield* this.taken.read()), ...fresh];
    let progress = false;
    for (let [half] = left; half !== undefined; [half] = left) {
      yield* this.taken.write(left.slice(1));
      let flags = flagsOf(0);
      const look = function* () {
        flags = yield* half.flags.update((now) => changed(now, 0, Flag.pending | Flag.scheduled));
        return has(flags, Flag.scheduled) && !has(flags, Flag.deleted);
      };
      if (yield* this.rules.dispatch(half, look, () => this.call(half))) progress = true;
      if (has(flags, Flag.deleted)) yield* this.sim.free(half.block);
      left = [...(yield* this.taken.read())];
    }
    return progress;
  }

  /** aio_bh_enqueue: the flags first, then, unless it is in the list already, at the head of the list. */
  private *enqueue(half: BottomHalf, flag: number): Routine<BottomHalf> {
    const before = yield* half.flags.update((now) => changed(now, Flag.pending | flag, 0));
    if (!has(before, Flag.pending)) yield* this.list.update((list) => [half, ...list]);
    return half;
  }

  /** aio_bh_call: the callback may end with the bottom half freed. */
  private *call({ block, body, guard: pointer }: BottomHalf): Routine {
    this.sim.log(`aio_bh_call ${block.name}`);
    if (pointer === undefined) return yield* body();
    const guard = yield* pointer.read();
    const engaged = yield* guard.read();
    yield* guard.write(true);
    yield* body();
    const after = this.guardAfter === 'kept' ? guard : yield* pointer.read();
    yield* after.write(engaged);
  }
}

function* clear(half: BottomHalf, flag: number): Routine<BottomHalf> {
  yield* half.flags.update((now) => changed(now, 0, flag));
  return half;
}

function has({ bits }: Flags, flag: number): boolean {
  return (bits & flag) !== 0;
}
