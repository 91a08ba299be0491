import type { PciDeviceTypeInfo } from '../../devices/pci.js';
import { xhciCoreType, xhciType } from '../../devices/xhci.js';
import { unreference } from '../../qom/lifetime.js';

/**
 * Q3 applied to the USB controller whose core links strongly back to it: unparenting lets go of the link, which upstream forgets. Takes
 * the place of the controller's own type.
 */
export const xhciCutsLink: PciDeviceTypeInfo = {
  ...xhciType,
  *exit(device) {
    if (xhciType.exit !== undefined) yield* xhciType.exit(device);
    const { core } = device.as(xhciType);
    if (core === undefined) return;
    const { host } = core.as(xhciCoreType);
    yield* host.write(undefined);
    yield* unreference(device, core);
  },
};
