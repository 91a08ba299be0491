import {
  busState,
  type DeviceTypeInfo,
  deviceState,
  type QdevDesign,
  scsiControllerType,
  scsiDiskType,
  unparent,
} from '../../models/index.js';
import type { Block, Plain, Sim } from '../../src/index.js';
import type { Bug } from '../historic.js';
import { ScsiMachine } from './scsi-machine.js';

/** What a controller has for the devices on its bus, from when it is realized until it is not. */
interface Queue {
  readonly block: Block;
  readonly requests: Plain<number>;
}

/** Upstream: hw/scsi/virtio-scsi.c, whose queues go when it is unrealized. */
const hbaType: DeviceTypeInfo<{ readonly queue: Plain<Queue | undefined> }> = {
  name: 'queue-hba',
  parent: scsiControllerType.name,
  fields: (block) => ({ queue: block.plain<Queue | undefined>('queue', undefined) }),
  *realize(hba) {
    const block = yield* hba.qom.sim.alloc('queue');
    yield* hba.as(hbaType).queue.write({ block, requests: block.plain('requests', 0) });
  },
  *unrealize(hba) {
    const queue = yield* hba.as(hbaType).queue.read();
    if (queue !== undefined) yield* hba.qom.sim.free(queue.block);
  },
};

/** Upstream: hw/scsi/scsi-bus.c:scsi_qdev_unrealize, which cancels the requests of the device. */
const diskType: DeviceTypeInfo = {
  name: 'queue-disk',
  parent: scsiDiskType.name,
  *unrealize(disk) {
    const bus = yield* deviceState(disk).parentBus.read();
    if (bus === undefined) return;
    const { device: hba } = yield* busState(bus).place.read();
    if (hba === undefined) return;
    const queue = yield* hba.as(hbaType).queue.read();
    if (queue !== undefined) yield* queue.requests.write(0);
  },
};

function ejectController(busUnrealize: QdevDesign['busUnrealize']) {
  return (sim: Sim): void => {
    const machine = new ScsiMachine(sim, { busUnrealize }, [hbaType, diskType]);
    machine.start(
      {
        *boot() {
          yield* machine.add(diskType.name, 'disk');
        },
        // What a guest's eject comes to.
        commands: [() => unparent(machine.hba)],
      },
      hbaType.name,
    );
  };
}

/** A controller is unrealized before the disks on its bus, which are when the bus is unparented. */
export const busOutlivesController: Bug = {
  name: 'bus-outlives-controller',
  title: 'qdev: unrealize of what is on a bus',
  description: 'a controller is ejected while a disk is on its bus',
  commit: '5942a19040',
  before: ejectController('alone'),
  after: ejectController('with what is on it'),
};
