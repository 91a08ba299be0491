export { bochsDisplayType } from './bochs-display.js';
export {
  pciBusMasterType,
  pciBusMasterUnrealize,
  pciDma,
  pciInitBusMaster,
  pciSetMaster,
} from './bus-master.js';
export { DimmTypes, deviceMemory } from './dimm.js';
export { dmaEngineType, dmaRegister, lastDma } from './dma-engine.js';
export { ForwarderType, type Forwarding } from './forward.js';
export { pciHotplugInit, unplugAndEject } from './hotplug.js';
export { intelHdaType } from './intel-hda.js';
export type { Locking, LockingDesign, Locks } from './locking.js';
export { type CapabilityOwner, MsixCapabilityType } from './msix-capability.js';
export {
  i82801b11Type,
  type PciBridgeTypeInfo,
  pciBridgeBaseType,
  pciBridgeExit,
  pciBridgeInit,
  pciBridgeType,
  pciBridgeUpdateMappings,
  type WindowMemory,
  type WindowsDestroyed,
} from './pci-bridge.js';
export { type PmPlace, PmType } from './pm.js';
export { PortDeviceType } from './port-device.js';
export { scsiDmaRestart } from './scsi-restart.js';
export { usbBusType, usbTabletType } from './usb.js';
export { type QuirkFreed, VfioPciType } from './vfio-pci.js';
export {
  rngBackendType,
  virtioBusType,
  virtioRngPciType,
  virtioRngType,
} from './virtio-rng.js';
export { WatchdogType } from './watchdog.js';
export { xhciCoreType, xhciType } from './xhci.js';
