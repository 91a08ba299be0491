import type { Atomic, Block, Plain, Routine } from '../../src/index.js';
import type { Holder } from '../qom/holders.js';
import { reference, unreference } from '../qom/lifetime.js';
import type { FlatView } from './flat-view.js';
import type { Memory } from './memory.js';
import type { MemoryRegion } from './region.js';
import { transactionBegin, transactionCommit } from './transaction.js';
import { isUpToDate } from './up-to-date.js';

/** What one kind of access sees: the CPUs' memory, ports, a device's DMA. Upstream: struct AddressSpace. */
export class AddressSpace {
  readonly name: string;
  readonly memory: Memory;
  readonly root: Plain<MemoryRegion | undefined>;
  /** Published by RCU: read inside read sections without a lock. */
  readonly currentMap: Atomic<FlatView | undefined>;

  /** @param place - the memory in the structure that embeds it */
  constructor(memory: Memory, place: Block) {
    this.name = place.name;
    this.memory = memory;
    this.root = place.plain<MemoryRegion | undefined>('root', undefined);
    this.currentMap = place.atomic<FlatView | undefined>('current_map', undefined);
  }

  /** Whether what is published is what the regions say: a peek, allowed where peeks are. */
  get upToDate(): boolean {
    return isUpToDate(this);
  }

  /** address_space_init: references the root's owner (since upstream commit ac95190ea9), and renders. */
  *init(root: MemoryRegion): Routine {
    if (this.holdsRoot) yield* regionReference(root, this);
    yield* this.root.write(root);
    yield* transactionBegin(this.memory);
    yield* this.memory.spaces.write([...(yield* this.memory.spaces.read()), this]);
    yield* transactionCommit(this.memory, true, undefined);
  }

  /** address_space_destroy: unlinked in a transaction with no root; the rest after a grace period. */
  *destroy(): Routine {
    const { memory } = this;
    const root = yield* this.root.read();
    yield* transactionBegin(memory);
    yield* this.root.write(undefined);
    yield* transactionCommit(memory, true, undefined);
    const others = (yield* memory.spaces.read()).filter((each) => each !== this);
    yield* memory.spaces.write(others);
    yield* memory.machine.callRcu.call(() => this.doDestroy(root));
  }

  /** do_address_space_destroy */
  private *doDestroy(root: MemoryRegion | undefined): Routine {
    this.memory.sim.log('do_address_space_destroy');
    const view = yield* this.currentMap.load();
    if (view !== undefined) yield* view.unreference();
    if (root !== undefined && this.holdsRoot) yield* regionUnreference(root, this);
  }

  private get holdsRoot(): boolean {
    return this.memory.design.past?.spaceRoot !== 'not referenced';
  }

  /**
   * address_space_set_flatview: the new view takes the place of the old one, which is freed after a grace period if this was the
   * last space to show it.
   */
  *publish(view: FlatView, shared: boolean): Routine {
    const before = yield* this.currentMap.load();
    if (shared) yield* view.ref.get('flatview_ref');
    yield* this.currentMap.store(view);
    if (before !== undefined) yield* before.unreference();
  }

  /**
   * address_space_get_flatview: the view with a reference. Its count may have come to zero meanwhile, then there is a newer one
   * (upstream commit 447b0d0b9e).
   */
  *view(): Routine<FlatView | undefined> {
    const { rcu } = this.memory.machine.callRcu;
    yield* rcu.readLock();
    let view = yield* this.currentMap.load();
    while (view !== undefined && !(yield* this.tryReference(view))) {
      view = yield* this.currentMap.load();
    }
    yield* rcu.readUnlock();
    return view;
  }

  /** flatview_ref */
  private *tryReference({ ref }: FlatView): Routine<boolean> {
    if (this.memory.design.past?.viewReference !== 'in any case') return yield* ref.tryGet();
    yield* ref.get('flatview_ref');
    return true;
  }
}

/**
 * Keeps a region's owner alive: memory_region_ref. Nothing without an owner.
 *
 * @param holder - who will hold it, for messages; absent: the thread
 */
export function* regionReference(region: MemoryRegion, holder?: Holder): Routine {
  const { memory, name, owner } = region;
  if (owner === undefined) return;
  yield* reference(owner, holder);
  memory.sim.log(`memory_region_ref ${name}`);
}

/**
 * memory_region_unref
 *
 * @param holder - who held it, for messages; absent: the thread
 */
export function* regionUnreference(region: MemoryRegion, holder?: Holder): Routine {
  const { memory, name, owner } = region;
  if (owner === undefined) return;
  memory.sim.log(`memory_region_unref ${name}`);
  yield* unreference(owner, holder);
}
