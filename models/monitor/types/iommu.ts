import type { Routine } from '../../../src/index.js';
import { x86IommuTypes } from '../../devices/x86-iommu.js';
import type { DeviceTypeInfo } from '../../qdev/device-type.js';
import {
  type QdevProperty,
  qdevBool,
  qdevOnOffAuto,
  qdevString,
  qdevUint8,
  qdevUint32,
  qdevValues,
  withProperties,
} from '../../qdev/properties.js';
import { QemuError } from '../../qom/error.js';
import type { QomObject } from '../../qom/object.js';
import type { TypeInfo } from '../../qom/type-info.js';
import type { QemuVersion } from '../version.js';
import { since } from './pci.js';

type Properties = readonly QdevProperty[];

const dmaTranslation: Properties = [qdevBool('dma-translation', true)];

/** Upstream: hw/i386/x86-iommu.c:x86_iommu_properties. */
function x86Properties(version: QemuVersion): Properties {
  return [
    qdevOnOffAuto('intremap', 'auto'),
    qdevBool('device-iotlb', false),
    qdevBool('pt', true),
    ...since('10.2', version, dmaTranslation),
  ];
}

/** Upstream: hw/i386/intel_iommu.c:vtd_properties. */
function intelProperties(version: QemuVersion): Properties {
  return [
    qdevUint32('version', 0),
    qdevOnOffAuto('eim', 'auto'),
    qdevBool('x-buggy-eim', false),
    qdevUint8('aw-bits', version === '7.2' ? 39 : 48),
    qdevBool('caching-mode', false),
    qdevBool('x-scalable-mode', false),
    qdevBool('snoop-control', false),
    qdevBool('x-pasid-mode', false),
    qdevBool('dma-drain', true),
    ...(version === '10.2' ? [] : dmaTranslation),
    ...since('10.0', version, [
      qdevBool('x-flts', false),
      qdevBool('stale-tm', false),
      qdevBool('fs1gp', true),
    ]),
  ];
}

/** Upstream: hw/i386/amd_iommu.c:amdvi_properties. */
function amdProperties(version: QemuVersion): Properties {
  return [
    ...since('10.0', version, [qdevBool('xtsup', false)]),
    ...since('10.2', version, [qdevBool('dma-remap', false)]),
    ...since('10.2', version, [qdevString('pci-id', '')]),
  ];
}

const x86 = 'x86-iommu';
const intel = 'intel-iommu';

/** Interrupts are remapped unless the user says no: without KVM nothing forbids it. Upstream: hw/i386/x86-iommu.c:x86_iommu_realize. */
function* x86Realize(iommu: QomObject): Routine<undefined> {
  const values = qdevValues(iommu, x86);
  const set = yield* values.read();
  const { intremap = 'auto' } = set;
  if (intremap === 'auto') yield* values.write({ ...set, intremap: 'on' });
  return undefined;
}

/** What cannot be had together, or not without KVM. Upstream: hw/i386/intel_iommu.c:vtd_decide_config. */
function intelRealize(version: QemuVersion) {
  return function* (iommu: QomObject): Routine<QemuError | undefined> {
    yield* x86Realize(iommu);
    const { intremap } = yield* qdevValues(iommu, x86).read();
    const values = qdevValues(iommu, intel);
    const set = yield* values.read();
    const { eim = 'auto', 'aw-bits': awBits = 39, 'dma-drain': drain = true } = set;
    if (eim === 'on' && intremap !== 'on') {
      return new QemuError('eim=on cannot be selected without intremap=on');
    }
    if (version === '7.2' && eim === 'on' && set['x-buggy-eim'] !== true) {
      return new QemuError('eim=on requires accel=kvm,kernel-irqchip=split');
    }
    if (version === '7.2' && eim === 'auto') yield* values.write({ ...set, eim: 'off' });
    if (awBits !== 39 && awBits !== 48) {
      return new QemuError('Supported values for aw-bits are: 39, 48');
    }
    const scalable = set['x-scalable-mode'] === true;
    if (scalable && drain !== true) {
      return new QemuError('Need to set dma_drain for scalable mode');
    }
    if (set['x-pasid-mode'] === true && !scalable) {
      return new QemuError('Need to set scalable mode for PASID');
    }
    return undefined;
  };
}

/** The IOMMUs that a PC may have, as a release has them; what they translate is left out. */
export function iommusOf(version: QemuVersion): readonly TypeInfo[] {
  return x86IommuTypes.map((type: DeviceTypeInfo) => {
    if (type.name === x86)
      return withProperties({ ...type, realize: x86Realize }, x86Properties(version));
    if (type.name === intel) {
      return withProperties({ ...type, realize: intelRealize(version) }, intelProperties(version));
    }
    if (type.name === 'amd-iommu') return withProperties(type, amdProperties(version));
    return type;
  });
}
