import {
  type Activity,
  accessSpace,
  addSubregion,
  type BoardDesign,
  delSubregion,
  Machine,
  Memory,
  type MemoryRegion,
  type Outcome,
  objectNew,
  type QomObject,
  type RegionOps,
  type RegionOptions,
  type Register,
  regionInit,
  register,
  type SharedState,
  type TypeInfo,
  unreference,
} from '../../models/index.js';
import { oneLockOrder, type SeenLock } from '../../properties/index.js';
import type { Block, Routine, Sim } from '../../src/index.js';
import { readBothHalves } from '../halves.js';
import type { Window } from '../window.js';

/** What a card has. */
interface Fields {
  readonly places: readonly Block[];
  readonly data: Register;
  readonly window: SharedState;
}

/** A region of a card. */
export interface Part {
  readonly name: string;
  readonly address: number;
  readonly ops: RegionOps;
}

/** A device in short: an object with regions, in no tree, whose one reference the machine holds. */
export class Card {
  readonly type: TypeInfo<Fields>;
  private readonly parts: readonly Part[];
  private readonly made: MemoryRegion[] = [];
  private object_: QomObject | undefined;

  constructor(
    private readonly bench: Bench,
    readonly name: string,
    parts: readonly Part[],
  ) {
    this.parts = parts;
    this.type = { name, parent: 'object', fields: (block) => this.layOut(block) };
  }

  get object(): QomObject {
    return this.object_ ?? this.bench.sim.fail(`${this.name} is not there yet`);
  }

  /** A register that callbacks read and write. */
  get data(): Register {
    return this.object.as(this.type).data;
  }

  /** What callbacks read and others change. */
  get window(): SharedState {
    return this.object.as(this.type).window;
  }

  /** The region of a part, by its place in the list. */
  region(part = 0): MemoryRegion {
    return this.made[part] ?? this.bench.sim.fail(`${this.name} has no region ${part}`);
  }

  get regions(): readonly MemoryRegion[] {
    return this.made;
  }

  /** Puts a part into the map. The caller holds the big lock. */
  add(part = 0, address?: number): Routine {
    return this.addRegion(this.region(part), address ?? this.parts[part]?.address ?? 0);
  }

  /** Takes a part out of the map. The caller holds the big lock. */
  remove(part = 0): Routine {
    return this.removeRegion(this.region(part));
  }

  /** The same of a region that is no part of it. */
  addRegion(region: MemoryRegion, address: number): Routine {
    return addSubregion(this.bench.root, region, address);
  }

  /** The same of a region that is no part of it. */
  removeRegion(region: MemoryRegion): Routine {
    return delSubregion(this.bench.root, region);
  }

  /** Gives a region that is in no map other callbacks. The caller holds the big lock. */
  *changeCallbacks(part: number, ops: RegionOps): Routine {
    yield* this.region(part).ops.write(ops);
  }

  /** Drops the machine's reference after a grace period, as buses do. Upstream: bus_remove_child. */
  *leaveBus(): Routine {
    const { callRcu } = this.bench.machine;
    yield* callRcu.call(() => unreference(this.object));
  }

  *boot(): Routine {
    const { memory, machine } = this.bench;
    this.object_ = yield* objectNew(machine.qom, this.name);
    const { places } = this.object_.as(this.type);
    for (const [n, { name, ops }] of this.parts.entries()) {
      const { lockless } = memory.design;
      const options: RegionOptions = {
        name,
        size: 0x10,
        owner: this.object_,
        ops,
        lockless,
      };
      this.made.push(yield* regionInit(memory, places[n], options));
      yield* this.add(n);
    }
  }

  private layOut(block: Block): Fields {
    const { design } = this.bench.memory;
    return {
      places: this.parts.map(({ name }) => block.embed(name)),
      data: register(block, 'data', design.lockless),
      window: design.shared(block, 'window'),
    };
  }
}

/** What happens on a bench. */
interface Happening extends Pick<Activity, 'boot' | 'vcpus'> {
  /** What the main thread is asked to do. */
  readonly management?: () => Routine;
}

/** A machine with memory and nothing else, for what needs no bus. */
export class Bench {
  readonly sim: Sim;
  readonly machine: Machine;
  readonly memory: Memory;
  private readonly cards: Card[] = [];
  /** The big lock and those of callbacks, as far as they are made. */
  private readonly locks: SeenLock[];
  private system: MemoryRegion | undefined;

  constructor(sim: Sim, { memory }: BoardDesign) {
    this.sim = sim;
    this.machine = new Machine(sim);
    this.memory = new Memory(this.machine, memory);
    this.locks = [this.machine.bigLock];
    this.machine.qom.types.register({ name: 'device', parent: 'object', abstract: true });
  }

  get root(): MemoryRegion {
    return this.system ?? this.sim.fail('the machine has not booted');
  }

  /** A card that is there from the boot on. During set-up. */
  card(name: string, ...parts: readonly Part[]): Card {
    const card = new Card(this, name, parts);
    this.machine.qom.types.register(card.type);
    this.cards.push(card);
    return card;
  }

  /** A card with a region at 0x100, whose callback reads the card's register. During set-up. */
  registerCard(): Card {
    return this.cardThatReads((card) => card.data.read());
  }

  /** A card with a region at 0x100, whose callback reads what others change in two halves. During set-up. */
  halvesCard(): Card {
    return this.cardThatReads((card) => readBothHalves(this.sim, card.window));
  }

  /** A card with a region at 0x100 that can be read. During set-up. */
  cardThatReads(read: (card: Card) => Routine<number>): Card {
    const ops: RegionOps = { read: () => read(card) };
    const card: Card = this.card('card', { name: 'regs', address: 0x100, ops });
    return card;
  }

  /** Says that all take the big lock and the locks of callbacks in one order, if the design has such locks. During set-up. */
  locksInOrder(): void {
    if (this.memory.design.callbackLock !== undefined) oneLockOrder(this.sim, () => this.locks);
  }

  /** Starts everything: first the cards, then what else there is to boot. */
  start({ boot, vcpus, management }: Happening): void {
    this.machine.start({
      boot: () => this.boot(boot),
      ...(vcpus && { vcpus }),
      commands: management === undefined ? [] : [{ execute: management }],
    });
  }

  /** Starts everything: the guest reads at 0x100, which closes the window, while the main thread does something, which opens it. */
  startReadWhile(inside: Window, management: () => Routine, boot?: () => Routine): void {
    const vcpu = () => this.readAndClose(inside);
    this.start({ vcpus: { vcpu }, management, ...(boot && { boot }) });
  }

  /** The guest, or a device, reads a word. */
  read(address: number): Routine<Outcome> {
    return accessSpace(this.memory.system, { address, size: 4 });
  }

  /** The guest, or a device, writes a word. */
  write(address: number, value: number): Routine<Outcome> {
    return accessSpace(this.memory.system, { address, size: 4, value });
  }

  private *readAndClose(inside: Window): Routine {
    yield* this.read(0x100);
    yield* inside.close();
  }

  private *boot(more?: () => Routine): Routine {
    this.system = yield* this.memory.boot();
    for (const card of this.cards) {
      yield* card.boot();
      for (const region of card.regions) {
        const lock = this.memory.design.callbackLock?.(region);
        if (lock !== undefined && !this.locks.includes(lock)) this.locks.push(lock);
      }
    }
    if (more !== undefined) yield* more();
  }
}
