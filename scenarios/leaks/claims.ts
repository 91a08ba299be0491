import { type Claims, source } from '../claim.js';
import type { Claim } from '../entry.js';
import * as from from './sources.js';

const older = source('a running QEMU', from.measured100);
const newer = source('a running QEMU', from.measured102);

/** The types of which a release told the end. */
const told = ['e1000', 'pci-bridge', 'i6300esb', 'virtio-rng-pci', 'usb-tablet', 'scsi-hd'];

function verified({ verified: claim }: typeof older): Readonly<Record<string, Claim>> {
  return Object.fromEntries(told.map((name) => [name, claim]));
}

/**
 * What was measured: `I3` where DEVICE_DELETED never came. Some types cannot be plugged into a machine that has nothing to pass through,
 * or are not there: nothing is claimed of them.
 */
export const claims: Claims = {
  M1: {
    ...verified(older),
    // The container holds the device for each subregion, and the device the container.
    'bochs-display': older.expects('I3'),
    'intel-hda': older.expects('I3'),
    // The core links to the device, of which it is a part.
    'qemu-xhci': older.expects('I3'),
    // The region of the bus contains the windows; the address spaces behind the bridge contain its regions.
    'i82801b11-bridge': older.expects('I3'),
  },
  M2: {
    ...verified(newer),
    'bochs-display': newer.verified,
    'intel-hda': newer.verified,
    'qemu-xhci': newer.expects('I3'),
    'i82801b11-bridge': newer.expects('I3'),
  },
};
