import {
  bochsDisplayType,
  DimmTypes,
  deviceMemory,
  dmaEngineType,
  i82801b11Type,
  intelHdaType,
  MsixCapabilityType,
  mapSpace,
  PortDeviceType,
  pciBridgeBaseType,
  pciBridgeType,
  QemuClock,
  qmpObjectAdd,
  rngBackendType,
  scsiBusType,
  scsiControllerType,
  scsiDiskType,
  type TypeInfo,
  timerUpstream,
  unmapSpace,
  usbBusType,
  usbTabletType,
  userCreatableDel,
  VfioPciType,
  virtioBusType,
  virtioRngPciType,
  virtioRngType,
  WatchdogType,
  xhciCoreType,
  xhciType,
} from '../../models/index.js';
import type { Routine } from '../../src/index.js';
import type { Bench, Hazard } from './hazard.js';

/** A device that needs no more than its types; the last is its own. */
function simple(title: string, description: string, ...types: readonly TypeInfo[]): Hazard {
  const name = types.at(-1)?.name ?? '';
  return { name, title, description, types: () => types, options: { driver: name } };
}

/** object-del of what was made before the device. */
function objectDel(id: string): (bench: Bench) => Routine {
  return function* ({ board, sim }) {
    const refused = yield* userCreatableDel(board.machine.qom, id);
    sim.assert(refused === undefined, () => refused?.desc ?? '');
  };
}

/** A device maps the module, through a bounce buffer; for a second one the budget does not last. */
function* mapTwice(bench: Bench): Routine {
  const { system } = bench.board.memory;
  const { budget } = bench;
  for (let i = 0; i < 2; i++) {
    const mapping = yield* mapSpace(system, deviceMemory, 4, false, budget);
    if (mapping !== undefined) bench.mappings.push(mapping);
  }
}

function* unmapAll(bench: Bench): Routine {
  const { system } = bench.board.memory;
  for (const mapping of bench.mappings) yield* unmapSpace(system, mapping, true, bench.budget);
}

const capability = new MsixCapabilityType('the device');

/** Each type, in the order of the table. */
export const hazards: readonly Hazard[] = [
  simple('e1000', 'a network card with one bar and DMA', dmaEngineType),
  simple('bochs-display', 'a display whose bar contains two more of its regions', bochsDisplayType),
  simple('intel-hda', 'a sound card whose bar contains its registers and an alias', intelHdaType),
  simple(
    'qemu-xhci',
    'a USB controller with a core inside, which links strongly back to it',
    usbBusType,
    xhciCoreType,
    xhciType,
  ),
  simple(
    'i82801b11-bridge',
    'a bridge without an exit hook: its windows stay where they are',
    pciBridgeBaseType,
    i82801b11Type,
  ),
  simple(
    'pci-bridge',
    'a bridge that takes its windows away when it goes',
    pciBridgeBaseType,
    pciBridgeType,
  ),
  {
    name: 'i6300esb',
    title: 'i6300esb',
    description: 'a watchdog with a timer',
    types({ sim, machine }) {
      const list = new QemuClock(sim, machine.bigLock).list('timers', timerUpstream);
      machine.loop.addTimers(list);
      return [new WatchdogType(list).info];
    },
    options: { driver: 'i6300esb' },
  },
  {
    name: 'virtio-rng-pci',
    title: 'virtio-rng-pci',
    description: 'a device with another inside, which links strongly to a backend',
    types: () => [rngBackendType, virtioBusType, virtioRngType, virtioRngPciType],
    *before({ board }) {
      yield* qmpObjectAdd(board.machine.qom, { 'qom-type': rngBackendType.name, id: 'rng0' });
    },
    after: objectDel('rng0'),
    options: { driver: virtioRngPciType.name, rng: 'rng0' },
  },
  {
    name: 'usb-tablet',
    title: 'usb-tablet',
    description: 'a USB device, which goes at once',
    types: () => [usbBusType, usbTabletType, xhciCoreType, xhciType],
    before: (bench) => bench.add({ driver: xhciType.name, id: 'usb' }),
    options: { driver: usbTabletType.name },
    synchronous: true,
  },
  {
    name: 'scsi-hd',
    title: 'scsi-hd',
    description: 'a SCSI disk, which goes at once',
    types: () => [scsiBusType, scsiControllerType, scsiDiskType],
    cold: (bench) => bench.add({ driver: scsiControllerType.name, id: 'hba' }),
    options: { driver: scsiDiskType.name },
    synchronous: true,
  },
  simple(
    'vfio-pci',
    'a device with a region on the heap, which is freed in instance_finalize',
    new VfioPciType().info,
  ),
  simple(
    'port-device',
    'a device whose ports are regions on the heap, with owners of their own',
    new PortDeviceType(0x300).info,
  ),
  simple(
    'msix-device',
    'a device whose region is the child of a capability',
    capability.capability,
    capability.info,
  ),
  {
    name: 'pc-dimm',
    title: 'pc-dimm',
    description:
      'a memory module, whose region belongs to the backend that it links to, and which a device has mapped',
    machineType: 'pc',
    types(board) {
      const { backend, dimm, machine } = new DimmTypes(board.memory, () => board.systemMemory);
      return [backend, dimm, machine];
    },
    *before({ board }) {
      yield* qmpObjectAdd(board.machine.qom, { 'qom-type': 'memory-backend-ram', id: 'mem0' });
    },
    use: mapTwice,
    *after(bench) {
      yield* unmapAll(bench);
      yield* objectDel('mem0')(bench);
    },
    options: { driver: 'pc-dimm', memdev: 'mem0' },
    synchronous: true,
  },
];
