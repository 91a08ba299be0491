import type { Routine, Sim } from '../../src/index.js';
import { head } from '../designs/dispatch/head.js';
import { upstream } from '../designs/migration/upstream.js';
import { Board } from '../devices/board.js';
import { pciBusMasterType } from '../devices/bus-master.js';
import { DimmTypes } from '../devices/dimm.js';
import { dmaEngineType } from '../devices/dma-engine.js';
import { pciBridgeBaseType, pciBridgeType } from '../devices/pci-bridge.js';
import { scsiBusType } from '../devices/scsi.js';
import { usbBusType, usbTabletType } from '../devices/usb.js';
import { virtioBusType, virtioRngPciType, virtioRngType } from '../devices/virtio-rng.js';
import { pcMachineType } from '../devices/x86-iommu.js';
import { xhciCoreType, xhciType } from '../devices/xhci.js';
import type { Activity } from '../machine.js';
import { vmShutdown } from '../mainloop/vm-shutdown.js';
import { AddressSpace } from '../memory/address-space.js';
import { regionInit } from '../memory/region.js';
import { addSubregion } from '../memory/region-tree.js';
import { migrationIsRunning } from '../migration/current.js';
import { Migration } from '../migration/migration.js';
import { migrationObjectInit } from '../migration/object-init.js';
import { migrationShutdown } from '../migration/shutdown.js';
import { type DeviceOptions, qdevDeviceAdd } from '../qdev/device-add.js';
import { ejectPortType, resetEjectPort } from '../qdev/eject-port.js';
import { setHotplugHandler } from '../qdev/hotplug.js';
import { qdevRealize } from '../qdev/realize.js';
import { deviceState } from '../qdev/state.js';
import { chardevNew } from '../qom/by-name.js';
import { addChild } from '../qom/child.js';
import { objectGetContainer } from '../qom/containers.js';
import { failed } from '../qom/error.js';
import { unreference } from '../qom/lifetime.js';
import type { QomObject } from '../qom/object.js';
import { complete, objectNew } from '../qom/object-new.js';
import type { TypeInfo } from '../qom/type-info.js';
import { BlockNodes } from './block-nodes.js';
import { Monitor } from './monitor.js';
import { RunState } from './run-state.js';
import { AcpiPciHotplugOps, acpiPciHotplug, acpiPortType } from './types/acpi.js';
import { backendTypes } from './types/backends.js';
import { iommusOf } from './types/iommu.js';
import { cpuTypes, pcMachine, sizedBackendType } from './types/pc-machine.js';
import { pciDeviceOf } from './types/pci.js';
import { scsiHdType, virtioScsiTypes } from './types/scsi.js';
import { type QemuVersion, type VersionFacts, versions } from './version.js';
import type { Incoming, Vm } from './vm.js';

/** How a process is started: the part of the command line that matters. */
export interface PcOptions {
  readonly version?: QemuVersion;
  /** `-M`: with an ACPI controller for PCI and slots for memory, or with PCIe. */
  readonly machine?: 'pc' | 'q35';
  /** `-S` (the default), or a guest that runs, or `-incoming defer`. */
  readonly start?: 'stopped' | 'running' | 'incoming';
  /** `--preconfig` */
  readonly preconfig?: boolean;
  /** `-device`, in order. */
  readonly devices?: readonly DeviceOptions[];
  /** `-blockdev`: nodes of the block layer, by name. */
  readonly blockdevs?: readonly string[];
  /** `-qtest`: there is a character device for it. */
  readonly qtest?: boolean;
  /** Whether the monitor wants capabilities to be negotiated first. */
  readonly negotiate?: boolean;
  /** Further types. */
  readonly types?: readonly TypeInfo[];
}

/**
 * A PC with a monitor, with as many types of devices as its commands are tried with.
 *
 * Upstream: hw/i386/pc_piix.c, hw/i386/pc_q35.c, system/vl.c:qemu_init, system/runstate.c:qemu_cleanup.
 */
export class Pc implements Vm {
  readonly board: Board;
  readonly monitor: Monitor;
  readonly runState: RunState;
  readonly version: VersionFacts;
  readonly migration: Migration;
  readonly blockNodes: BlockNodes;
  readonly ports: AddressSpace;
  readonly incoming: Incoming;
  private readonly options: PcOptions;
  private readonly dimm: DimmTypes;
  private port: QomObject | undefined;

  constructor(sim: Sim, options: PcOptions = {}) {
    const { version = '10.2', machine = 'pc', start = 'stopped', preconfig = false } = options;
    this.options = options;
    this.version = versions[version];
    const series = version === '10.2' ? '10.2' : version;
    const type = machine === 'pc' ? `pc-i440fx-${series}-machine` : `pc-q35-${series}-machine`;
    this.board = new Board(sim, {
      memory: head,
      qdev: { hotplugCheck: this.version.hotplugCheck },
      machineType: type,
      pciDevice: pciDeviceOf(version),
      rootContainers: this.version.containers,
      pciBusName: machine === 'pc' ? 'pci.0' : 'pcie.0',
      migrating: () => migrationIsRunning(this.migration, true),
    });
    this.monitor = new Monitor(sim, options.negotiate !== true);
    const stopped = start === 'incoming' ? 'inmigrate' : 'prelaunch';
    const initial = start === 'running' && !preconfig ? 'running' : stopped;
    this.runState = new RunState(this.machine, (event) => this.monitor.emit(event), initial);
    this.migration = this.makeMigration(sim);
    this.blockNodes = new BlockNodes(sim);
    this.incoming = {
      channel: {
        readable: sim.atomic('incoming channel readable', false),
        lost: sim.atomic('incoming channel lost', false),
      },
      started: sim.plain('incoming migration started', false),
    };
    this.ports = new AddressSpace(this.board.memory, sim.block('I/O'));
    this.dimm = new DimmTypes(this.board.memory, () => this.board.systemMemory);
    this.register(type, machine);
    this.monitor.attach(this);
  }

  get machine(): Board['machine'] {
    return this.board.machine;
  }

  get qdev(): Board['qdev'] {
    return this.board.qdev;
  }

  get memory(): AddressSpace {
    return this.board.memory.system;
  }

  /** Starts the process. When the main loop ends, the rest of it is executed as well. */
  start({ boot = nothing, ...rest }: Activity): void {
    this.board.start({
      boot: () => this.boot(boot),
      ended: () => this.cleanup(),
      ...rest,
    });
  }

  private makeMigration(sim: Sim): Migration {
    const { bigLock, loop, qom } = this.machine;
    const made = new Migration({ sim, bigLock, loop, design: upstream, iterations: 1, qom });
    const { monitor, runState, version } = this;
    made.surroundings = {
      *stateChanged(status) {
        if (!(yield* runState.migrationEvents.read())) return;
        yield* monitor.emit({ event: 'MIGRATION', data: { status } });
      },
      *pass(pass) {
        if (!(yield* runState.migrationEvents.read())) return;
        yield* monitor.emit({ event: 'MIGRATION_PASS', data: { pass } });
      },
      stopGuest: () => runState.stop('finish-migrate'),
      *finished(moved) {
        if (moved) yield* runState.state.write('postmigrate');
        else if ((yield* runState.state.read()) === 'finish-migrate') yield* runState.start();
      },
      deviceStatus: version.deviceStatus,
      needed: 2 ** 20,
    };
    return made;
  }

  private register(type: string, machine: 'pc' | 'q35'): void {
    const { dimm, blockNodes } = this;
    const types: readonly TypeInfo[] = [
      ...(machine === 'pc' ? [pcMachine(type, dimm)] : []),
      ...(machine === 'pc' ? [] : q35Types(type)),
      { name: 'chardev', parent: 'object', abstract: true },
      { name: 'chardev-socket', parent: 'chardev' },
      ...cpuTypes,
      ejectPortType,
      acpiPortType,
      sizedBackendType(dimm),
      dimm.dimm,
      pciBusMasterType,
      pciBridgeBaseType,
      pciBridgeType,
      { name: 'pcie-root-port', parent: pciBridgeType.name },
      dmaEngineType,
      { name: 'ich9-ahci', parent: 'pci-device' },
      ...iommusOf(this.options.version ?? '10.2'),
      { name: 'AMDVI-PCI', parent: 'pci-device' },
      ...backendTypes(this.version.listenerMutex),
      virtioBusType,
      virtioRngType,
      virtioRngPciType,
      scsiBusType,
      ...virtioScsiTypes,
      scsiHdType(blockNodes),
      usbBusType,
      xhciCoreType,
      xhciType,
      usbTabletType,
      { ...usbTabletType, name: 'usb-mouse' },
      ...(this.options.types ?? []),
    ];
    this.qdev.register(...types);
  }

  private *boot(more: () => Routine): Routine {
    const { machine = 'pc', blockdevs = [], devices = [], preconfig = false } = this.options;
    for (const name of blockdevs) yield* this.blockNodes.add(name);
    yield* this.backends();
    yield* this.firstCpu();
    yield* migrationObjectInit(this.migration);
    if (machine === 'pc') yield* this.acpi();
    for (const options of devices) yield* this.coldPlug(options);
    if (!preconfig) yield* this.qdev.machineReady();
    yield* more();
  }

  /** What is there before devices. */
  private *backends(): Routine {
    const { qom } = this.machine;
    const names = this.options.qtest === true ? ['qtest', 'compat_monitor0'] : ['compat_monitor0'];
    for (const name of names) yield* chardevNew(qom, 'chardev-socket', name);
    const ram = yield* objectNew(qom, this.dimm.backend.name, 'pc.ram');
    yield* addChild(yield* objectGetContainer(qom, 'objects'), 'pc.ram', ram);
    yield* complete(ram);
    yield* unreference(ram);
  }

  private *firstCpu(): Routine {
    const cpu = yield* objectNew(this.machine.qom, 'qemu64-x86_64-cpu', 'cpu0');
    yield* qdevRealize(cpu);
    yield* unreference(cpu);
  }

  /** piix4_acpi_system_hot_add_init: the controller, and its registers among the ports. */
  private *acpi(): Routine {
    const { board, machine } = this;
    const port = yield* objectNew(machine.qom, acpiPortType.name, 'acpi');
    yield* qdevRealize(port);
    yield* unreference(port);
    yield* setHotplugHandler(board.pciBus, port);
    this.port = port;
    this.runState.onReset(() => resetEjectPort(port));
    const root = yield* board.memory.boot(this.ports, 0x10000);
    const { base, size } = acpiPciHotplug;
    const ops = new AcpiPciHotplugOps(() => port);
    const region = { name: 'acpi-pci-hotplug', size, owner: port, ops };
    yield* addSubregion(root, yield* regionInit(board.memory, undefined, region), base);
  }

  /** `-device`. What a bridge is followed by may be hot-plugged: a port of PCIe is a bridge. */
  private *coldPlug(options: DeviceOptions): Routine {
    const { sim } = this.board;
    const device = yield* qdevDeviceAdd(this.qdev, options);
    if (failed(device)) return sim.fail(`qemu_init: ${device.desc}`);
    if (device.isA(pciBridgeType.name)) yield* this.slot(device);
    yield* unreference(device);
  }

  /** A PCIe port's one slot. */
  private *slot(bridge: QomObject): Routine {
    const port = yield* objectNew(this.machine.qom, ejectPortType.name, `${bridge.name} slot`);
    yield* qdevRealize(port);
    yield* unreference(port);
    this.runState.onReset(() => resetEjectPort(port));
    for (const bus of yield* deviceState(bridge).childBuses.read()) {
      yield* setHotplugHandler(bus, port);
    }
  }

  /** qemu_cleanup, of which only what concerns migration and the monitor is left. */
  private *cleanup(): Routine {
    yield* migrationShutdown(this.migration);
    yield* vmShutdown(this.machine.loop, this.machine.bigLock);
    yield* this.monitor.cleanup();
    yield* this.machine.bigLock.unlock();
  }
}

function* nothing(): Routine {}

/** The machines that a q35 may be: the release's own, and one of a former release. */
function q35Types(own: string): readonly TypeInfo[] {
  const names = new Set([own, 'pc-q35-7.2-machine']);
  return [pcMachineType, ...[...names].map((name) => ({ name, parent: pcMachineType.name }))];
}
