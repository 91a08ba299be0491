import { describe, expect, it } from 'vitest';
import {
  type DeviceOptions,
  pciBusMasterType,
  qmpDeviceDel,
  qmpObjectAdd,
  rngBackendType,
  type TypeInfo,
  usbBusType,
  virtioBusType,
  virtioRngPciType,
  virtioRngType,
  xhciCoreType,
  xhciType,
} from '../../../models/index.js';
import type { Sim } from '../../../src/index.js';
import { wrongWith } from '../support.js';
import { Rig } from './support.js';

/** What device_del of a part of a device answers. */
function refusal(types: readonly TypeInfo[], options: DeviceOptions, part: string) {
  let said: string | undefined;
  const setup = (sim: Sim): void => {
    const rig = new Rig(sim);
    rig.register(pciBusMasterType, rngBackendType, ...types);
    rig.run(
      [
        function* () {
          said = (yield* qmpDeviceDel(rig.board.qdev, part))?.desc;
        },
      ],
      {
        *boot() {
          const { qom } = rig.board.machine;
          yield* qmpObjectAdd(qom, { 'qom-type': rngBackendType.name, id: 'rng0' });
          yield* rig.add({ ...options, id: 'x' });
        },
      },
    );
    sim.finally(() => {
      sim.assert(rig.told.length === 0, 'something has gone');
    });
  };
  expect(wrongWith(setup)).toEqual([]);
  return said;
}

describe('a device inside another', () => {
  // The answers of QEMU 10.0 and 10.2; 7.2 aborts at the first.
  it('should not be deleted by itself if it is on no bus', () => {
    const types = [usbBusType, xhciCoreType, xhciType];
    const answer = "Device 'base-xhci' can not be hotplugged on this machine";
    for (const path of ['/machine/peripheral/x/xhci-core', 'x/xhci-core']) {
      expect(refusal(types, { driver: 'qemu-xhci' }, path)).toBe(answer);
    }
  });

  it('should not be deleted by itself if it is on a bus inside', () => {
    const types = [virtioBusType, virtioRngType, virtioRngPciType];
    const options = { driver: 'virtio-rng-pci', rng: 'rng0' };
    const answer = "Bus 'virtio-bus' does not support hotplugging";
    expect(refusal(types, options, 'x/virtio-backend')).toBe(answer);
  });
});
