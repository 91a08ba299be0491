import type { Plain } from '../../src/index.js';
import type { BusTypeInfo, DeviceTypeInfo } from '../qdev/device-type.js';
import { type HotplugHandlerTypeInfo, setHotplugHandler } from '../qdev/hotplug.js';
import { busState, deviceState } from '../qdev/state.js';
import { simpleUnplug } from '../qdev/unplug.js';
import { QemuError } from '../qom/error.js';

interface UsbBus {
  /** How many ports have nothing in them. */
  readonly free: Plain<number>;
}

/**
 * A bus whose devices go at once when management says so: the guest is not asked.
 *
 * Upstream: hw/usb/bus.c:usb_bus_info, usb_bus_new.
 */
export const usbBusType: BusTypeInfo<UsbBus> & HotplugHandlerTypeInfo<UsbBus> = {
  name: 'usb-bus',
  parent: 'bus',
  fields: (block) => ({ free: block.plain('free ports', 2) }),
  hotplugHandler: { unplug: simpleUnplug },
  instanceInit: (bus) => setHotplugHandler(bus, bus),
};

/** A device that occupies a port as long as it is realized. Upstream: hw/usb/bus.c:usb_qdev_realize, hw/usb/dev-hid.c. */
export const usbTabletType: DeviceTypeInfo = {
  name: 'usb-tablet',
  parent: 'device',
  busType: usbBusType.name,
  *realize(device) {
    // usb_claim_port
    const bus = yield* deviceState(device).parentBus.read();
    if (bus === undefined) return device.qom.sim.fail('usb_claim_port: no bus');
    const { free } = bus.as(usbBusType);
    const left = yield* free.read();
    if (left === 0) {
      const { name } = yield* busState(bus).place.read();
      return new QemuError(`no free USB port on ${name}`);
    }
    yield* free.write(left - 1);
    return undefined;
  },
  *unrealize(device) {
    // usb_release_port
    const bus = yield* deviceState(device).parentBus.read();
    if (bus === undefined) return device.qom.sim.fail('usb_release_port: no bus');
    const { free } = bus.as(usbBusType);
    yield* free.write((yield* free.read()) + 1);
  },
};
