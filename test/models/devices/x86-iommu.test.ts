import { describe, expect, it } from 'vitest';
import {
  busNew,
  busState,
  type DeviceTypeInfo,
  type MachineTypeInfo,
  pciBusType,
  pciDeviceType,
  pcMachineType,
  QemuError,
  qdevDeviceAdd,
  qmpDeviceAdd,
  setHotplugHandler,
  type TypeInfo,
  x86IommuGetDefault,
  x86IommuTypes,
} from '../../../models/index.js';
import type { Sim } from '../../../src/index.js';
import { Bench, type BenchOptions } from '../qdev/support.js';
import { wrongWith } from '../support.js';

const types: readonly TypeInfo[] = [
  pciBusType,
  pciDeviceType,
  pcMachineType,
  ...x86IommuTypes,
  {
    name: 'pc-test',
    parent: 'pc-q35',
    dynamicSysbusDevices: ['intel-iommu', 'amd-iommu', 'broken-iommu'],
  } as MachineTypeInfo,
  {
    name: 'host',
    parent: 'device',
    busType: 'System',
    *realize(device) {
      const bus = yield* busNew(device, 'PCI', 'pcie.0');
      yield* setHotplugHandler(bus, bus);
    },
  } as DeviceTypeInfo,
  {
    name: 'broken-iommu',
    parent: 'intel-iommu',
    *realize() {
      return new QemuError('aw-bits must be 39, 48');
    },
  } as DeviceTypeInfo,
];

/** What the answers are to devices on the command line, and then to device_add. */
function answers(cold: readonly string[], hot: readonly string[] = []): unknown[] {
  const given: unknown[] = [];
  const setup = (sim: Sim): void => {
    given.length = 0;
    const options: BenchOptions = {
      types,
      machineType: 'pc-test',
      *boot(bus) {
        const { qdev } = busState(bus);
        yield* qdevDeviceAdd(qdev, { driver: 'host' });
        for (const driver of cold) note(yield* qdevDeviceAdd(qdev, { driver }));
      },
    };
    const bench = new Bench(sim, options);
    bench.run(function* () {
      for (const driver of hot) note(yield* qmpDeviceAdd(bench.qdev, { driver }));
    });
  };
  const note = (answer: unknown) => given.push(answer instanceof QemuError ? answer.desc : 'ok');
  expect(wrongWith(setup)).toEqual([]);
  return given;
}

const multiple = 'QEMU does not support multiple vIOMMUs for x86 yet.';
const iommus = ['intel-iommu', 'amd-iommu', 'virtio-iommu-pci'];

describe('the IOMMU of a PC', () => {
  it('should be one, of any kind', () => {
    for (const first of iommus) expect(answers([first])).toEqual(['ok']);
  });

  it('should be one only, whatever the other is', () => {
    for (const second of iommus) expect(answers(['amd-iommu', second])).toEqual(['ok', multiple]);
  });

  it('should not come while the machine runs', () => {
    const refused = (driver: string) => `Device '${driver}' does not support hotplugging`;
    expect(answers([], [...iommus, 'intel-iommu'])).toEqual(
      [...iommus, 'intel-iommu'].map(refused),
    );
  });

  it('should be refused for ever after one that could not be realized', () => {
    expect(answers(['broken-iommu', 'intel-iommu'])).toEqual(['aw-bits must be 39, 48', multiple]);
  });

  it('should dangle after one that could not be realized', () => {
    const setup = (sim: Sim): void => {
      const bench = new Bench(sim, {
        types,
        machineType: 'pc-test',
        *boot(bus) {
          yield* qdevDeviceAdd(busState(bus).qdev, { driver: 'broken-iommu', id: 'iommu' });
        },
      });
      bench.run(function* () {
        const iommu = yield* x86IommuGetDefault(bench.qdev);
        if (iommu !== undefined) yield* iommu.parent.read();
      });
    };
    expect(wrongWith(setup)).toEqual(['use-after-free: iommu']);
  });
});
