export { bigLockWrapper } from './big-lock-wrapper.js';
export { glib } from './glib.js';
export { timerInIothread } from './iothread.js';
export { oneLock } from './one-lock.js';
export { ownerReference } from './owner-reference.js';
export { prioritisedInstances } from './prioritised-instances.js';
export { timerUpstream } from './upstream.js';
export { waitingDeletion, waitingForOthers } from './waiting-deletion.js';
