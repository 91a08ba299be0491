export { finalizedAtQuiescence, type Leftovers } from './finalized-at-quiescence.js';
export { isLabel, type Label, type Labelled, labels, labelsOf } from './labels.js';
export { mapInForce } from './map-in-force.js';
export { noCallOnFinalized } from './no-call-on-finalized.js';
export {
  noDanglingCurrentMigration,
  type PointerToMigration,
} from './no-dangling-current-migration.js';
export { noDanglingPointer, type Pointer } from './no-dangling-pointer.js';
export { noDuplicateSingletons } from './no-duplicate-singletons.js';
export { type Change, noHalfChange } from './no-half-change.js';
export { noLateCallback } from './no-late-callback.js';
export { noMixedDispatch } from './no-mixed-dispatch.js';
export { noOutsideEffect, type Outside, type WithoutEffect } from './no-outside-effect.js';
export { noReEntry } from './no-re-entry.js';
export { noUseAfterFinalize } from './no-use-after-finalize.js';
export { oneLockOrder, type SeenLock } from './one-lock-order.js';
