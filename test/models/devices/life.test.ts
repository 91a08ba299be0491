import { describe, expect, it } from 'vitest';
import {
  bochsDisplayType,
  type CapabilityOwner,
  dmaEngineType,
  i82801b11Type,
  intelHdaType,
  MsixCapabilityType,
  PortDeviceType,
  pciBridgeBaseType,
  pciBridgeType,
  pciBusMasterType,
  type QomObject,
  type TypeInfo,
  usbBusType,
  VfioPciType,
  xhciCoreType,
  xhciType,
} from '../../../models/index.js';
import type { Sim } from '../../../src/index.js';
import { wrongWith } from '../support.js';
import { Rig } from './support.js';

interface Life {
  /** When it is there. */
  readonly plugged: number;
  /** When nothing happens any more; undefined: it is finalized. */
  readonly left: number | undefined;
  readonly told: readonly string[];
}

/** Follows a device of a type from device_add to its end. */
function lifeOf(...types: readonly TypeInfo[]): Life {
  let plugged = 0;
  let left: number | undefined;
  let told: readonly string[] = [];
  const setup = (sim: Sim): void => {
    const rig = new Rig(sim);
    rig.register(pciBusMasterType, ...types);
    let device: QomObject | undefined;
    rig.run([() => rig.del('x')], {
      *boot() {
        device = yield* rig.add({ driver: types.at(-1)?.name ?? '', id: 'x' });
        plugged = yield* sim.step('look', () => device?.ref.peek() ?? 0);
      },
    });
    sim.finally(() => {
      left = device?.instance.alive === true ? device.ref.peek() : undefined;
      told = rig.told;
    });
  };
  expect(wrongWith(setup)).toEqual([]);
  return { plugged, left, told };
}

describe('devices that are plugged in and out', () => {
  // The counts that gdb shows in QEMU 10.2.2 after device_add, and after the guest has ejected the device.
  it.each([
    ['e1000', [dmaEngineType], 3, undefined],
    ['intel-hda', [intelHdaType], 3, undefined],
    ['qemu-xhci', [usbBusType, xhciCoreType, xhciType], 6, 1],
    ['i82801b11-bridge', [pciBridgeBaseType, i82801b11Type], 8, 5],
  ])('should be referenced as often as an %s of QEMU 10.2.2', (_, types, plugged, left) => {
    const told = left === undefined ? ['x'] : [];
    expect(lifeOf(...types)).toEqual({ plugged, left, told });
  });

  const capable = (owner: CapabilityOwner): readonly TypeInfo[] => {
    const { capability, info } = new MsixCapabilityType(owner);
    return [capability, info];
  };
  const others: readonly (readonly [string, readonly TypeInfo[]])[] = [
    ['bochs-display', [bochsDisplayType]],
    ['pci-bridge', [pciBridgeBaseType, pciBridgeType]],
    ['vfio-pci', [new VfioPciType().info]],
    ['port-device', [new PortDeviceType(0x300).info]],
    ["msix-device with a region of the device's", capable('the device')],
    ["msix-device with a region of the capability's", capable('the capability')],
  ];
  it.each(others)('should be finalized, and their end told once: %s', (_, types) => {
    expect(lifeOf(...types)).toMatchObject({ left: undefined, told: ['x'] });
  });
});
