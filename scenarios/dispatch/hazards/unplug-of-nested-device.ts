import {
  addSubregion,
  Board,
  type DeviceTypeInfo,
  delSubregion,
  initializeChild,
  type MemoryRegion,
  type QomObject,
  qdevRealize,
  qdevUnrealize,
  type Register,
  regionInit,
  register,
} from '../../../models/index.js';
import type { Block } from '../../../src/index.js';
import { window } from '../../window.js';
import type { Hazard } from '../hazard.js';
import { guestRead, nicBase, UnplugCommand } from '../story.js';

interface Inner {
  readonly place: Block;
  readonly data: Register;
  region: MemoryRegion | undefined;
}

interface Outer {
  readonly place: Block;
  inner: QomObject | undefined;
}

/** A device with a region, and a device around it, which realizes and unrealizes it. */
function types(board: Board): {
  readonly inner: DeviceTypeInfo<Inner>;
  readonly outer: DeviceTypeInfo<Outer>;
} {
  const { memory } = board;
  const { lockless } = memory.design;
  const inner: DeviceTypeInfo<Inner> = {
    name: 'function',
    parent: 'device',
    fields: (block) => ({
      place: block.embed('regs'),
      data: register(block, 'data', lockless),
      region: undefined,
    }),
    *realize(device) {
      const fields = device.as(inner);
      const ops = { read: () => fields.data.read() };
      const options = { name: 'regs', size: 0x10, owner: device, ops, lockless };
      fields.region = yield* regionInit(memory, fields.place, options);
      yield* addSubregion(board.systemMemory, fields.region, nicBase);
    },
    *unrealize(device) {
      const { region } = device.as(inner);
      if (region !== undefined) yield* delSubregion(board.systemMemory, region);
    },
  };
  const outer: DeviceTypeInfo<Outer> = {
    name: 'multi-function-card',
    parent: 'device',
    busType: 'PCI',
    fields: (block) => ({ place: block.embed('function'), inner: undefined }),
    *realize(device) {
      const fields = device.as(outer);
      fields.inner = yield* initializeChild(device, 'function', fields.place, inner.name);
      yield* qdevRealize(fields.inner);
    },
    *unrealize(device) {
      const fields = device.as(outer);
      if (fields.inner !== undefined) yield* qdevUnrealize(fields.inner);
    },
  };
  return { inner, outer };
}

export const unplugOfNestedDevice: Hazard = {
  name: 'unplug-of-nested-device',
  title: 'unplug of a device around a device',
  description:
    'the guest reads a register of a device that is part of another, while the outer one is unplugged',
  threads(sim, design) {
    const board = new Board(sim, design);
    const { inner, outer } = types(board);
    board.qdev.register(inner, outer);
    const inside = window(sim, 'unplugged while the guest reads');
    const unplug = new UnplugCommand(board, inside.open);
    board.start({
      *boot() {
        unplug.device = yield* board.plug(outer.name, 'card');
      },
      vcpus: {
        *vcpu() {
          yield* guestRead(board, nicBase);
          yield* inside.close();
        },
      },
      commands: [unplug],
    });
  },
};
