import {
  IoThread,
  Machine,
  objectNew,
  type QomObject,
  scsiDmaRestart,
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

/** What the disk's requests are found by. */
function requestsOf(disk: QomObject): Routine<unknown> {
  return readRequests(disk.as(diskType));
}

function* readRequests({ requests }: Disk): Routine<number> {
  return yield* requests.read();
}

function contAndUnplug(holds: boolean) {
  return (sim: Sim): void => {
    const machine = new Machine(sim);
    machine.qom.types.register(diskType);
    finalizedAtQuiescence(sim, { qom: machine.qom, type: diskType.name });
    const halves = new IoThread(sim, 'iothread').context.bottomHalves;
    const late = window(sim, 'disk to be removed, requests scheduled');
    let disk: QomObject | undefined;
    const there = () => disk ?? sim.fail('no disk');
    machine.start({
      *boot() {
        disk = yield* objectNew(machine.qom, diskType.name);
      },
      commands: [
        { execute: () => scsiDmaRestart(there(), halves, requestsOf, holds) },
        {
          *execute() {
            yield* late.open();
            sim.log('qmp_device_del scsi-disk');
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
