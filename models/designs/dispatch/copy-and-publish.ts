import type { MemoryDesign } from '../../memory/design.js';
import { SharedByCopy } from '../../memory/shared-state.js';
import { deferredReclaim } from './deferred-reclaim.js';

/**
 * D29. Nothing that is registered is modified: a change makes a copy and publishes it, and who found the old one works on the old one. Paolo
 * Bonzini's answer of 2012 to whoever wants to do without locks. Upstream does so with views, and not with the fields of regions.
 */
export const copyAndPublish: MemoryDesign = {
  ...deferredReclaim,
  name: 'copy-and-publish',
  *ops({ ops }) {
    return ops;
  },
  shared: (block, name) => new SharedByCopy(block, name),
};
