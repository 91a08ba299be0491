import {
  type Lookup,
  type QdevDesign,
  qmpDeviceAdd,
  qmpDeviceDel,
  scsiDeviceGet,
  scsiDiskType,
  scsiReadCapacity,
  unreference,
  upstreamQdev,
} from '../../models/index.js';
import type { Routine, Sim } from '../../src/index.js';
import type { Bug } from '../historic.js';
import { ScsiMachine } from './scsi-machine.js';

/** A request arrives, by the guest's doorbell, in an I/O thread. Upstream: hw/scsi/virtio-scsi.c:virtio_scsi_handle_cmd_vq. */
function* request(machine: ScsiMachine, lookup: Lookup): Routine {
  const disk = yield* scsiDeviceGet(machine.bus, lookup);
  if (disk === undefined) return;
  yield* scsiReadCapacity(disk);
  if (lookup.reference) yield* unreference(disk);
}

function requestDuringHotplug(design: Partial<QdevDesign>, lookup: Lookup) {
  return (sim: Sim): void => {
    const machine = new ScsiMachine(sim, design);
    const { qdev } = machine;
    machine.start({
      vcpus: { iothread: () => request(machine, lookup) },
      commands: [
        () => qmpDeviceAdd(qdev, { driver: scsiDiskType.name, id: 'disk' }),
        () => qmpDeviceDel(qdev, 'disk'),
      ],
    });
  };
}

/**
 * An I/O thread walks the list of a bus, which the main thread changes under the big lock, and uses a disk that is not realized yet, or
 * no more. It took more than one commit: the list under RCU (2d24a64661), `realized` with release and acquire (a23151e8cc), and a walk
 * in a read section that takes a reference on what it finds.
 */
export const busWalk: Bug = {
  name: 'bus-walk',
  title: 'qdev: list of a bus without the big lock',
  description: 'a request looks for its disk in an I/O thread while the disk comes and goes',
  commit: '2d24a64661',
  before: requestDuringHotplug(
    { busEntries: 'freed at once', realizedFlag: 'ordinary' },
    { section: false, reference: false },
  ),
  after: requestDuringHotplug(upstreamQdev, { section: true, reference: true }),
};
