import type { Family } from '../entry.js';
import { pairs } from '../matrix.js';
import { claims } from './claims.js';
import { type DispatchRow, designs } from './designs.js';
import { differences } from './differences.js';
import { type Hazard, scenarioOf } from './hazard.js';
import { callbackRemovesOwnRegion } from './hazards/callback-removes-own-region.js';
import { callbackUnplugsOwnDevice } from './hazards/callback-unplugs-own-device.js';
import { callbackUsesNewMap } from './hazards/callback-uses-new-map.js';
import { callbacksCallEachOther } from './hazards/callbacks-call-each-other.js';
import { callbacksChanged } from './hazards/callbacks-changed.js';
import { callbacksRemoveEachOther } from './hazards/callbacks-remove-each-other.js';
import { changeAfterMove } from './hazards/change-after-move.js';
import { changeWhileDeregistered } from './hazards/change-while-deregistered.js';
import { lateCallback } from './hazards/late-callback.js';
import { reEntryAfterBarWrite } from './hazards/re-entry-after-bar-write.js';
import { readerWaitsForBigLock } from './hazards/reader-waits-for-big-lock.js';
import { remapDuringDispatch } from './hazards/remap-during-dispatch.js';
import { removalUnderDeviceLock } from './hazards/removal-under-device-lock.js';
import { unplugDuringDispatch } from './hazards/unplug-during-dispatch.js';
import { unplugDuringLockingCallback } from './hazards/unplug-during-locking-callback.js';
import { unplugOfEmbeddedBus } from './hazards/unplug-of-embedded-bus.js';
import { unplugOfHeapRegion } from './hazards/unplug-of-heap-region.js';
import { unplugOfNestedDevice } from './hazards/unplug-of-nested-device.js';
import { unplugWithoutBus } from './hazards/unplug-without-bus.js';

/** What keeps a device alive while the guest is in one of its callbacks. */
export const dispatch: Family = {
  name: 'dispatch',
  question: 'What keeps a device alive while the guest is in one of its callbacks?',
  entries: pairs<DispatchRow, Hazard>({
    family: 'dispatch',
    designs,
    hazards: [
      unplugDuringDispatch,
      unplugDuringLockingCallback,
      unplugOfEmbeddedBus,
      unplugOfNestedDevice,
      unplugOfHeapRegion,
      unplugWithoutBus,
      lateCallback,
      changeWhileDeregistered,
      changeAfterMove,
      callbacksChanged,
      removalUnderDeviceLock,
      readerWaitsForBigLock,
      callbackRemovesOwnRegion,
      callbackUnplugsOwnDevice,
      callbacksRemoveEachOther,
      callbacksCallEachOther,
      remapDuringDispatch,
      reEntryAfterBarWrite,
      callbackUsesNewMap,
    ],
    claims,
    differences,
    build: (design, hazard, name) => scenarioOf(hazard, design.board, name, design.where),
  }),
};
