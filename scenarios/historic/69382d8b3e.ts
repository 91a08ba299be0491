import {
  type DeviceTypeInfo,
  objectNew,
  type QdevDesign,
  QemuError,
  type QomObject,
  qdevRealize,
  scsiDiskType,
  unreference,
} from '../../models/index.js';
import type { Routine, Sim } from '../../src/index.js';
import type { Bug } from '../historic.js';
import { ScsiMachine } from './scsi-machine.js';

const brokenType: DeviceTypeInfo = {
  name: 'broken-hd',
  parent: scsiDiskType.name,
  *realize() {
    return new QemuError('no medium');
  },
};

function realizeInVain(failedRealize: QdevDesign['failedRealize']) {
  return (sim: Sim): void => {
    const machine = new ScsiMachine(sim, { failedRealize }, [brokenType]);
    let disk: QomObject | undefined;
    // What code does that makes a device for itself.
    function* tryOne(): Routine {
      disk = yield* objectNew(machine.machine.qom, brokenType.name, 'disk');
      yield* qdevRealize(disk, machine.bus);
      yield* unreference(disk);
    }
    machine.start({ commands: [tryOne] });
    sim.finally(() => {
      sim.assert(disk?.block.alive === false, 'I3: a device that was never realized stays');
    });
  };
}

/** A device without a parent gets one to be realized, and keeps it, and with it a reference, when it cannot be. */
export const unattachedForEver: Bug = {
  name: 'unattached-for-ever',
  title: 'qdev: a device that cannot be realized',
  description: 'a device is made, cannot be realized, and is dropped',
  commit: '69382d8b3e',
  before: realizeInVain('stays unattached'),
  after: realizeInVain('unparents'),
};
