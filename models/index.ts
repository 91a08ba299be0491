export * from './designs/dispatch/index.js';
export { type CpuDispatch, TcgDispatch } from './designs/dispatch/tcg.js';
export * from './designs/handlers/index.js';
export * from './designs/locking/index.js';
export * from './designs/migration/index.js';
export * from './designs/ownership/index.js';
export * from './designs/subregions/index.js';
export * from './designs/timers/index.js';
export { Board, type BoardDesign } from './devices/board.js';
export { IdeType } from './devices/ide.js';
export * from './devices/index.js';
export { NicType } from './devices/nic.js';
export {
  type ConfigWrite,
  type PciDeviceTypeInfo,
  pciBusType,
  pciDeviceType,
  pciWriteConfig,
} from './devices/pci.js';
export { type Register, register } from './devices/register.js';
export {
  type Lookup,
  scsiBusType,
  scsiControllerType,
  scsiDeviceGet,
  scsiDiskType,
  scsiReadCapacity,
} from './devices/scsi.js';
export { pcMachineType, x86IommuGetDefault, x86IommuTypes } from './devices/x86-iommu.js';
export { type Activity, Machine } from './machine.js';
export { AioContext, type Command } from './mainloop/aio-context.js';
export { BigLock } from './mainloop/big-lock.js';
export {
  type BottomHalf,
  type BottomHalfBody,
  BottomHalves,
  type GuardAfterCallback,
} from './mainloop/bottom-half.js';
export { CallRcu, type RcuCallback } from './mainloop/call-rcu.js';
export { Coroutine, type CoroutineBody, coroutineYield } from './mainloop/coroutine.js';
export type { Fd } from './mainloop/fd-handler.js';
export type { HandlerDesign } from './mainloop/handler.js';
export { IoThread } from './mainloop/iothread.js';
export { type CommandContext, MainLoop } from './mainloop/main-loop.js';
export { TcgCpu } from './mainloop/tcg-cpu.js';
export {
  QemuClock,
  type QemuTimer,
  type TimerDesign,
  TimerList,
  timerInit,
  timerPending,
} from './mainloop/timer.js';
export { timerThread } from './mainloop/timer-thread.js';
export { monitorCleanup, vmShutdown } from './mainloop/vm-shutdown.js';
export { type Access, accessSpace, type Outcome } from './memory/access.js';
export { AddressSpace } from './memory/address-space.js';
export type { MemoryDesign, SubregionDesign } from './memory/design.js';
export { findRegion } from './memory/find.js';
export { type BounceBudget, type Mapping, mapSpace, unmapSpace } from './memory/map.js';
export { Memory } from './memory/memory.js';
export type { MemoryPast } from './memory/past.js';
export {
  type PortioList,
  type PortioOwner,
  portioListAdd,
  portioListDel,
  portioListDestroy,
  portioOwnerType,
} from './memory/portio.js';
export { MemoryRegion, type RegionOps, type RegionOptions, regionInit } from './memory/region.js';
export {
  addSubregion,
  delSubregion,
  setAddress,
  setEnabled,
  setSize,
} from './memory/region-tree.js';
export type { SharedState } from './memory/shared-state.js';
export { transaction, transactionBegin, transactionCommit } from './memory/transaction.js';
export { migrateAddBlocker } from './migration/blocker.js';
export { migrationBhSchedule } from './migration/bottom-half.js';
export { migrationCancel } from './migration/cancel.js';
export { joinThread, migrationCleanup } from './migration/cleanup.js';
export {
  migrateGetCurrent,
  migrateMaxBandwidth,
  migrationIsActive,
  migrationIsRunning,
  migrationIsRunningUnchecked,
} from './migration/current.js';
export type { MigrationDesign } from './migration/design.js';
export { DirtyBitmap } from './migration/dirty-bitmap.js';
export {
  type IncomingChannel,
  type IncomingReferences,
  qmpMigrateIncoming,
} from './migration/incoming.js';
export {
  Migration,
  type MigrationCapabilities,
  type MigrationOptions,
  type MigrationPast,
} from './migration/migration.js';
export { migrationObjectInit } from './migration/object-init.js';
export { qmpMigratePause } from './migration/postcopy.js';
export { mainThread, type Process } from './migration/process.js';
export { qmpMigrateSetParameters, saveSnapshot } from './migration/savevm.js';
export { migrationShutdown } from './migration/shutdown.js';
export { qmpMigrate } from './migration/start.js';
export { isRunning, type MigrationState, type MigrationStatus } from './migration/state.js';
export * from './monitor/index.js';
export * from './qdev/index.js';
export { Census } from './qom/census.js';
export { addChild, unparent } from './qom/child.js';
export { CurrentInstance, type PointerRead } from './qom/current-instance.js';
export * from './qom/index.js';
export { reference, unreference } from './qom/lifetime.js';
export { type Place, QomObject } from './qom/object.js';
export { initializeChild, objectInitialize, objectNew } from './qom/object-new.js';
export { addProperty, deleteProperty, type Property } from './qom/property.js';
export { type PropertyDeletion, Qom } from './qom/qom.js';
export { objectType, type TypeInfo } from './qom/type-info.js';
export { type ObjectClass, TypeTable } from './qom/type-table.js';
