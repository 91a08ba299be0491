import {
  type MemoryRegion,
  objectNew,
  type QomObject,
  type Register,
  regionInit,
  register,
  type TypeInfo,
  unreference,
} from '../../../models/index.js';
import type { Block, Routine } from '../../../src/index.js';
import { window } from '../../window.js';
import { Bench, type Card } from '../bench.js';
import type { Hazard } from '../hazard.js';

interface Fields {
  readonly place: Block;
  readonly data: Register;
}

/** A region on the heap, with what its callback works on: a structure with a count, which is no object of its own upstream. */
class Quirk {
  private readonly type: TypeInfo<Fields>;
  private object: QomObject | undefined;
  private region: MemoryRegion | undefined;

  constructor(private readonly bench: Bench) {
    const { lockless } = bench.memory.design;
    this.type = {
      name: 'quirk',
      parent: 'object',
      fields: (block) => ({
        place: block.embed('regs'),
        data: register(block, 'data', lockless),
      }),
    };
    bench.machine.qom.types.register(this.type);
  }

  /** During boot: a region of a card. */
  *add(card: Card, address: number): Routine {
    const { machine, memory } = this.bench;
    const { lockless } = memory.design;
    const object = yield* objectNew(machine.qom, this.type.name);
    const { data, place } = object.as(this.type);
    const ops = { read: () => data.read() };
    const options = { name: 'regs', size: 0x10, owner: card.object, ops, lockless };
    const more = { parent: object, counted: object };
    this.object = object;
    this.region = yield* regionInit(memory, place, { ...options, ...more });
    yield* card.addRegion(this.region, address);
  }

  /** The device does away with it, as far as it is concerned. */
  *drop(card: Card): Routine {
    const { object, region } = this;
    if (object === undefined || region === undefined) return;
    yield* card.removeRegion(region);
    yield* unreference(object);
  }
}

export const unplugOfHeapRegion: Hazard = {
  name: 'unplug-of-heap-region',
  title: 'unplug of a region on the heap',
  description:
    'the guest reads a register in a region on the heap, which the device takes out and drops; the device stays',
  threads(sim, design) {
    const bench = new Bench(sim, design);
    const inside = window(sim, 'dropped while the guest reads');
    const card = bench.card('card');
    const quirk = new Quirk(bench);
    bench.startReadWhile(
      inside,
      function* () {
        yield* quirk.drop(card);
        yield* inside.open();
      },
      () => quirk.add(card, 0x100),
    );
  },
};
