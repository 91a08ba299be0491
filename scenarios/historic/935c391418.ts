import {
  AddressSpace,
  addSubregion,
  Board,
  type DeviceTypeInfo,
  head,
  type PciDeviceTypeInfo,
  pciBusMasterType,
  pciDeviceType,
  pciInitBusMaster,
  type QomObject,
  regionInit,
} from '../../models/index.js';
import { finalizedAtQuiescence } from '../../properties/index.js';
import type { Block, Routine, Sim } from '../../src/index.js';
import type { Bug } from '../historic.js';

/** The IOMMU, and what it has for a device behind it. Upstream: include/hw/virtio/virtio-iommu.h:struct IOMMUDevice. */
class Iommu {
  readonly info: DeviceTypeInfo;
  private object: QomObject | undefined;
  private behind: Block | undefined;

  constructor(private readonly board: Board) {
    this.info = { name: 'virtio-iommu-pci', parent: pciDeviceType.name };
  }

  *plug(): Routine {
    this.object = yield* this.board.plug(this.info.name, 'iommu');
  }

  /** virtio_iommu_find_add_as: the device's view of memory, with a part of it that shows the system's. */
  *findAddAddressSpace(device: QomObject): Routine {
    const { memory, sim, systemMemory } = this.board;
    const owner = this.object ?? sim.fail('virtio_iommu_find_add_as: no IOMMU');
    this.behind = yield* sim.alloc(`IOMMUDevice of ${device.name}`);
    const common = { size: 0x1000, owner };
    const place = (name: string) => this.behind?.embed(name);
    const root = yield* regionInit(memory, place('root'), { ...common, name: 'root' });
    const space = new AddressSpace(memory, this.behind.embed('as'));
    yield* space.init(root);
    const alias = { target: systemMemory, offset: 0 };
    const bypass = { ...common, name: 'bypass', alias };
    yield* addSubregion(root, yield* regionInit(memory, place('bypass_mr'), bypass), 0);
  }

  /** virtio_iommu_unset_iommu_device, of 1b889d6e39 */
  *unsetIommuDevice(): Routine {
    const { sim } = this.board;
    sim.log('virtio_iommu_unset_iommu_device: g_free(sdev)');
    if (this.behind !== undefined) yield* sim.free(this.behind);
  }
}

/** Upstream: hw/vfio/pci.c:vfio_exitfn, pci_device_unset_iommu_device. */
function vfioType(iommu: Iommu, frees: boolean): PciDeviceTypeInfo {
  return {
    name: 'vfio-pci',
    parent: pciBusMasterType.name,
    *realize(device) {
      yield* pciInitBusMaster(device);
      yield* iommu.findAddAddressSpace(device);
    },
    *exit() {
      if (frees) yield* iommu.unsetIommuDevice();
    },
  };
}

function unplugBehindIommu(frees: boolean) {
  return (sim: Sim): void => {
    const board = new Board(sim, { memory: head });
    const iommu = new Iommu(board);
    const vfio = vfioType(iommu, frees);
    board.qdev.register(pciBusMasterType, iommu.info, vfio);
    finalizedAtQuiescence(sim, { qom: board.machine.qom });
    let device: QomObject | undefined;
    board.start({
      *boot() {
        yield* iommu.plug();
        device = yield* board.plug(vfio.name, 'vfio0');
      },
      commands: [
        {
          execute: () => board.unplug(device ?? sim.fail('the board has not booted')),
        },
      ],
    });
  };
}

/**
 * What the IOMMU has for a device is freed when the device is unplugged, with an address space and regions in it that others still walk.
 * It was mended by no longer freeing it: what is left over is the price, so that memory is not looked at here.
 */
export const iommuDeviceFreed: Bug = {
  name: 'iommu-device-freed',
  title: 'virtio-iommu: memory of an unplugged device',
  description: 'a passed-through device behind an IOMMU is unplugged',
  commit: '935c391418',
  before: unplugBehindIommu(true),
  after: unplugBehindIommu(false),
};
