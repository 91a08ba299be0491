export { bigLockOnly } from './big-lock-only.js';
export {
  bigLockFirst,
  deviceLockFirst,
  mixedRegions,
  mixedRegionsLocked,
} from './device-lock.js';
export { addressThenEnabled, collapsed, inTransaction } from './reprogram.js';
