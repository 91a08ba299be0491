import type { Block, Plain, Routine } from '../../src/index.js';
import type { Memory } from '../memory/memory.js';
import { type MemoryRegion, type RegionOps, regionInit } from '../memory/region.js';
import { addSubregion, delSubregion } from '../memory/region-tree.js';
import { allowBeforeRealize } from '../qdev/allow-set-link.js';
import type { DeviceTypeInfo } from '../qdev/device-type.js';
import type { MachineTypeInfo } from '../qdev/hotplug.js';
import { machineType } from '../qdev/qdev.js';
import { simpleUnplug } from '../qdev/unplug.js';
import { QemuError } from '../qom/error.js';
import { type LinkTarget, linkProperty } from '../qom/link.js';
import type { QomObject } from '../qom/object.js';
import type { TypeInfo } from '../qom/type-info.js';
import { registerOps } from './plain-region.js';

interface Backend {
  readonly place: Block;
  readonly ops: RegionOps;
  /** Whether a device shows it to the guest: then object-del refuses. */
  readonly mapped: Plain<boolean>;
  region: MemoryRegion | undefined;
}

interface Dimm {
  readonly backend: LinkTarget;
}

/** Where memory that comes later is seen. */
export const deviceMemory = 0xc00;

/**
 * Memory that a user makes and then plugs: a backend, a module that links strongly to it, and a machine that maps it. The region belongs
 * to the backend, which views hold as long as they show it.
 *
 * Upstream: backends/hostmem.c:host_memory_backend_memory_complete, host_memory_backend_can_be_deleted; hw/mem/pc-dimm.c:pc_dimm_realize,
 * pc_dimm_plug; hw/mem/memory-device.c. Left out: the guest is not asked before the module goes.
 */
export class DimmTypes {
  readonly backend: TypeInfo<Backend>;
  readonly dimm: DeviceTypeInfo<Dimm>;
  /** A machine with slots for modules. */
  readonly machine: MachineTypeInfo;
  private readonly memory: Memory;
  private readonly container: () => MemoryRegion;

  /** @param container - what modules are mapped into */
  constructor(memory: Memory, container: () => MemoryRegion) {
    this.memory = memory;
    this.container = container;
    this.backend = {
      name: 'memory-backend-ram',
      parent: 'object',
      interfaces: ['user-creatable'],
      fields: (block) => ({
        place: block.embed('mr'),
        ops: registerOps(block, 'ram'),
        mapped: block.plain('is_mapped', false),
        region: undefined,
      }),
      complete: (backend) => this.complete(backend),
      canBeDeleted: (backend) => this.canBeDeleted(backend),
    };
    this.dimm = {
      name: 'pc-dimm',
      parent: 'device',
      fields: (block) => ({ backend: block.plain<QomObject | undefined>('memdev', undefined) }),
      classProperties: [
        linkProperty('memdev', this.backend.name, (dimm) => dimm.as(this.dimm).backend, {
          strong: true,
          check: allowBeforeRealize,
        }),
      ],
      realize: (dimm) => this.realize(dimm),
      unrealize: (dimm) => this.setMapped(dimm, false),
    };
    this.machine = {
      name: 'pc',
      parent: machineType.name,
      handles: (device) => device.isA(this.dimm.name),
      hotplugHandler: {
        plug: (_machine, dimm) => this.plug(dimm),
        unplug: (machine, dimm) => this.unplug(machine, dimm),
      },
    };
  }

  private *complete(backend: QomObject): Routine<undefined> {
    const fields = backend.as(this.backend);
    const options = { name: 'mr', size: 0x10, owner: backend, ops: fields.ops };
    fields.region = yield* regionInit(this.memory, fields.place, options);
    return undefined;
  }

  private *canBeDeleted(backend: QomObject): Routine<boolean> {
    return !(yield* backend.as(this.backend).mapped.read());
  }

  /** pc_dimm_realize */
  private *realize(dimm: QomObject): Routine<QemuError | void> {
    const backend = yield* dimm.as(this.dimm).backend.read();
    if (backend === undefined) return new QemuError("'memdev' property is not set");
    const { mapped } = backend.as(this.backend);
    if (yield* mapped.read())
      return new QemuError(`can't use already busy memdev: ${backend.name}`);
    yield* mapped.write(true);
    return undefined;
  }

  private *setMapped(dimm: QomObject, value: boolean): Routine {
    const backend = yield* dimm.as(this.dimm).backend.read();
    if (backend !== undefined) yield* backend.as(this.backend).mapped.write(value);
  }

  /** memory_device_plug */
  private *plug(dimm: QomObject): Routine {
    yield* addSubregion(this.container(), yield* this.regionOf(dimm), deviceMemory);
  }

  /** pc_dimm_unplug, and that the module is unrealized */
  private *unplug(machine: QomObject, dimm: QomObject): Routine {
    yield* delSubregion(this.container(), yield* this.regionOf(dimm));
    yield* simpleUnplug(machine, dimm);
  }

  private *regionOf(dimm: QomObject): Routine<MemoryRegion> {
    const backend = yield* dimm.as(this.dimm).backend.read();
    const region = backend?.as(this.backend).region;
    return region ?? dimm.qom.sim.fail('pc_dimm_get_memory_region: no backend');
  }
}
