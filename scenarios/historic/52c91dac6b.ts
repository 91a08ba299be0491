import {
  addSubregion,
  aliasReferences,
  alwaysReferences,
  Board,
  type DeviceTypeInfo,
  delSubregion,
  head,
  type MemoryRegion,
  type QomObject,
  regionInit,
  type SubregionDesign,
} from '../../models/index.js';
import { finalizedAtQuiescence } from '../../properties/index.js';
import type { Block, Sim } from '../../src/index.js';
import type { Bug } from '../historic.js';

interface Virtio {
  readonly configPlace: Block;
  readonly windowPlace: Block;
  window: MemoryRegion | undefined;
}

/** A device that shows a region through an alias, both its own: hw/virtio/virtio-pci.c has a window on its configuration. */
function virtioType(board: Board): DeviceTypeInfo<Virtio> {
  const type: DeviceTypeInfo<Virtio> = {
    name: 'virtio',
    parent: 'pci-device',
    fields: (block) => ({
      configPlace: block.embed('config'),
      windowPlace: block.embed('window'),
      window: undefined,
    }),
    *realize(device) {
      const virtio = device.as(type);
      const common = { size: 0x10, owner: device };
      const config = yield* regionInit(board.memory, virtio.configPlace, {
        name: 'config',
        ops: {},
        ...common,
      });
      virtio.window = yield* regionInit(board.memory, virtio.windowPlace, {
        name: 'window',
        alias: { target: config, offset: 0 },
        ...common,
      });
      yield* addSubregion(board.systemMemory, virtio.window, 0x100);
    },
    *unrealize(device) {
      const { window } = device.as(type);
      if (window !== undefined) yield* delSubregion(board.systemMemory, window);
    },
  };
  return type;
}

function unplugVirtio(subregions: SubregionDesign) {
  return (sim: Sim): void => {
    const board = new Board(sim, { memory: { ...head, subregions } });
    const type = virtioType(board);
    board.qdev.register(type);
    finalizedAtQuiescence(sim, { qom: board.machine.qom });
    const gone = sim.reachable('the device has left the tree');
    let device: QomObject | undefined;
    board.start({
      *boot() {
        device = yield* board.plug(type.name, 'virtio0');
      },
      commands: [
        {
          *execute() {
            if (device !== undefined) yield* board.unplug(device);
            gone();
          },
        },
      ],
    });
  };
}

/** An alias references the owner of its target, which is its own owner. */
export const ownAlias: Bug = {
  name: 'own-alias',
  title: 'memory: an alias of the same owner',
  description: 'a device is unplugged that shows one of its regions through an alias of its own',
  commit: '52c91dac6b',
  before: unplugVirtio(aliasReferences),
  after: unplugVirtio(alwaysReferences),
};
