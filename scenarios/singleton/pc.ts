import {
  busNew,
  Census,
  type DeviceTypeInfo,
  failed,
  Machine,
  type MachineTypeInfo,
  pciBusType,
  pciDeviceType,
  pcMachineType,
  prePlugGuard,
  Qdev,
  QemuError,
  type QomObject,
  qdevDeviceAdd,
  qmpDeviceAdd,
  setHotplugHandler,
  type TypeInfo,
  unreference,
  x86IommuGetDefault,
  x86IommuTypes,
} from '../../models/index.js';
import { noDanglingPointer, noOutsideEffect, type WithoutEffect } from '../../properties/index.js';
import type { Routine, Sim } from '../../src/index.js';
import type { SingletonRow } from './designs.js';
import { onlyOne } from './world.js';

const base = 'x86-iommu';
const virtio = 'virtio-iommu-pci';
const dynamicSysbusDevices = ['intel-iommu', 'amd-iommu', 'broken-iommu'];

/** The bridge that has the bus which a virtio IOMMU is on. */
const hostBridge: DeviceTypeInfo = {
  name: 'q35-pcihost',
  parent: 'device',
  busType: 'System',
  *realize(device) {
    const bus = yield* busNew(device, pciBusType.name, 'pcie.0');
    yield* setHotplugHandler(bus, bus);
  },
};

const brokenIommu: DeviceTypeInfo = {
  name: 'broken-iommu',
  parent: 'intel-iommu',
  *realize() {
    return new QemuError('aw-bits must be 39, 48');
  },
};

/**
 * A PC whose IOMMU is a singleton in the way of a design. Upstream's own is the guard of the machine, for every kind of IOMMU; what was
 * argued for instead declares the class from which the IOMMUs descend that are not virtio devices.
 */
export class Pc {
  readonly machine: Machine;
  readonly qdev: Qdev;
  readonly withoutEffect: WithoutEffect;
  private readonly guarded: boolean;
  private readonly inUse: Census;

  constructor(sim: Sim, row: SingletonRow) {
    this.guarded = row.model === prePlugGuard;
    this.machine = new Machine(sim);
    this.qdev = new Qdev(this.machine);
    this.inUse = new Census(sim, 'IOMMUs in use');
    this.register();
    const { bigLock, qom } = this.machine;
    if (!this.guarded) qom.singletons.use(row.model, bigLock);
    onlyOne(sim, 'IOMMU', this.inUse);
    const pointerName = this.guarded ? 'pcms->iommu' : `pointer to ${base}`;
    const pointer = { name: pointerName, peek: () => this.pointer };
    noDanglingPointer(sim, pointer, bigLock);
    const place = { name: 'its place', peek: () => this.pointer?.parent.peek() };
    this.withoutEffect = noOutsideEffect(sim, [pointer, place]);
  }

  /** The machine with its PCI bus; without devices of the user. */
  *create(): Routine {
    yield* this.qdev.createMachine('pc');
    yield* this.add(hostBridge.name);
  }

  /** `-device`. Returns whether it succeeded. */
  *add(driver: string, id: string = driver): Routine<boolean> {
    const device = yield* qdevDeviceAdd(this.qdev, { driver, id });
    if (failed(device)) return false;
    yield* unreference(device);
    return true;
  }

  /** device_add when the machine is ready. */
  *hotPlug(driver: string): Routine {
    yield* qmpDeviceAdd(this.qdev, { driver, id: 'iommu1' });
  }

  /** x86_iommu_get_default, and a look at what was found. */
  *lookUp(): Routine {
    const { singletons } = this.machine.qom;
    const found = this.guarded
      ? yield* x86IommuGetDefault(this.qdev)
      : yield* singletons.getInstance(base);
    if (found === undefined) return;
    yield* found.parent.read();
    if (!this.guarded) yield* singletons.giveBack(found);
  }

  private register(): void {
    const guard = this.guarded ? pcMachineType.name : 'machine';
    const pc: MachineTypeInfo = { name: 'pc', parent: guard, dynamicSysbusDevices };
    this.qdev.register(pciBusType, pciDeviceType, pcMachineType, pc, hostBridge);
    for (const type of x86IommuTypes) this.qdev.register(this.watched(type));
    this.qdev.register(brokenIommu);
  }

  /** The type of an IOMMU, which says when one is in use. */
  private watched(type: TypeInfo): TypeInfo {
    if (type.name === virtio) return this.counted(type);
    if (type.name !== base) return type;
    const counted = this.counted(type);
    return this.guarded ? counted : { ...counted, interfaces: ['singleton'] };
  }

  private counted(type: TypeInfo): DeviceTypeInfo {
    const { inUse } = this;
    const { singletons } = this.machine.qom;
    return {
      ...type,
      *realize(device) {
        yield* singletons.publish(device);
        yield* inUse.add(device);
      },
    };
  }

  private get pointer(): QomObject | undefined {
    const { qom } = this.machine;
    if (!this.guarded) {
      const [entered] = qom.singletons.registry.peek().values();
      return qom.singletons.named(base).current.peek() ?? entered;
    }
    const machine = this.qdev.start.peek().objects?.machine;
    return machine?.as(pcMachineType).iommu.peek();
  }
}
