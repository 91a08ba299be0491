import {
  type BottomHalf,
  IoThread,
  Machine,
  objectNew,
  type QomObject,
  reference,
  type TypeInfo,
  unreference,
} from '../../models/index.js';
import { finalizedAtQuiescence } from '../../properties/index.js';
import type { Plain, Routine, Sim } from '../../src/index.js';
import type { Bug } from '../historic.js';
import { window } from '../window.js';

interface Disk {
  /** The requests to start again. */
  readonly requests: Plain<number>;
}

const diskType: TypeInfo<Disk> = {
  name: 'scsi-disk',
  parent: 'object',
  fields: (block) => ({ requests: block.plain('requests', 1) }),
};

/** hw/scsi/scsi-bus.c:scsi_dma_restart_cb, when the guest goes on: the disk's iothread is to start its requests again. */
function* restart(disk: QomObject, { context }: IoThread, holds: boolean): Routine {
  const { bottomHalves } = context;
  if (holds) yield* reference(disk);
  const half: BottomHalf = yield* bottomHalves.create('scsi restart', function* () {
    yield* bottomHalves.delete(half);
    yield* disk.as(diskType).requests.read();
    if (holds) yield* unreference(disk);
  });
  yield* bottomHalves.schedule(half);
}

function contAndUnplug(holds: boolean) {
  return (sim: Sim): void => {
    const machine = new Machine(sim);
    machine.qom.types.register(diskType);
    finalizedAtQuiescence(sim, { qom: machine.qom, type: diskType.name });
    const iothread = new IoThread(sim, 'iothread');
    const late = window(sim, 'disk to be removed, requests scheduled');
    let disk: QomObject | undefined;
    const there = () => disk ?? sim.fail('no disk');
    machine.start({
      *boot() {
        disk = yield* objectNew(machine.qom, diskType.name);
      },
      commands: [
        { execute: () => restart(there(), iothread, holds) },
        {
          *execute() {
            yield* late.open();
            yield* unreference(there());
          },
        },
      ],
    });
  };
}

/** The guest goes on, the disk's requests are to be started again, and the disk is removed first. */
export const restartAfterUnplug: Bug = {
  name: 'restart-after-unplug',
  title: 'scsi: restart after unplug',
  description: 'cont schedules a bottom half for a disk, which is unplugged before it runs',
  commit: 'cfd4e36352',
  before: contAndUnplug(false),
  after: contAndUnplug(true),
};
