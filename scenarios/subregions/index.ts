import type { Family } from '../entry.js';
import { pairs } from '../matrix.js';
import { claims, differences } from './claims.js';
import { designs, type SubregionRow } from './designs.js';
import { type Hazard, scenarioOf } from './hazard.js';
import { aliasOfOwnRegion } from './hazards/alias-of-own-region.js';
import { crossOwner, crossOwnerContainerFirst } from './hazards/cross-owner.js';
import { dynamicQuirk, dynamicQuirkLeft } from './hazards/dynamic-quirk.js';
import { extraHolder } from './hazards/extra-holder.js';
import { sameOwner } from './hazards/same-owner.js';
import { unplugDuringDispatch } from './hazards/unplug-during-dispatch.js';

/** What containers hold of their subregions, and when regions go. */
export const subregions: Family = {
  name: 'subregions',
  question: 'What does a container hold of its subregions, and when do the regions of a device go?',
  entries: pairs<SubregionRow, Hazard>({
    family: 'subregions',
    designs,
    hazards: [
      sameOwner,
      aliasOfOwnRegion,
      crossOwner,
      crossOwnerContainerFirst,
      dynamicQuirk,
      dynamicQuirkLeft,
      extraHolder,
      unplugDuringDispatch,
    ],
    applicable: ({ only }, { name }) => only?.includes(name) ?? true,
    build: (design, hazard, name) => scenarioOf(hazard, design, name),
    claims,
    differences,
  }),
};
