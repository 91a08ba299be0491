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
  *realize(device) {
    device.qom.sim.log(`${device.name}: realize fails`);
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
      const { block, holders } = disk ?? sim.fail('no disk');
      const names = () => holders.all.map((each) => (typeof each === 'string' ? each : each.name));
      const message = () =>
        `I3: disk could not be realized and stays: held by ${names().join(', ')}`;
      sim.assert(!block.alive, message);
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
