import type { Family } from '../entry.js';
import { pairs } from '../matrix.js';
import { claims } from './claims.js';
import { type DispatchRow, designs } from './designs.js';
import { differences } from './differences.js';
import { type Hazard, scenarioOf } from './hazard.js';
import { callbackRemovesOwnRegion } from './hazards/callback-removes-own-region.js';
import { reEntryAfterBarWrite } from './hazards/re-entry-after-bar-write.js';
import { remapDuringDispatch } from './hazards/remap-during-dispatch.js';
import { unplugDuringDispatch } from './hazards/unplug-during-dispatch.js';
import { unplugOfEmbeddedBus } from './hazards/unplug-of-embedded-bus.js';

/** What keeps a device alive while the guest is in one of its callbacks. */
export const dispatch: Family = {
  name: 'dispatch',
  question: 'What keeps a device alive while the guest is in one of its callbacks?',
  entries: pairs<DispatchRow, Hazard>({
    family: 'dispatch',
    designs,
    hazards: [
      unplugDuringDispatch,
      unplugOfEmbeddedBus,
      callbackRemovesOwnRegion,
      remapDuringDispatch,
      reEntryAfterBarWrite,
    ],
    claims,
    differences,
    build: (design, hazard, name) => scenarioOf(hazard, design.board, name, design.where),
  }),
};
