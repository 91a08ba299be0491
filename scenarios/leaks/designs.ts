import { alwaysReferences, byOwner, type SubregionDesign } from '../../models/index.js';
import type { DesignRow } from '../entry.js';
import * as from from './sources.js';

/** The rules of a release. */
export interface Release extends DesignRow {
  readonly model: SubregionDesign;
}

/** Two releases, between which what containers hold of their subregions was changed. */
export const designs: readonly Release[] = [
  {
    id: 'M1',
    name: 'rules-of-10-0',
    who: 'upstream',
    where: from.merged,
    summary: 'QEMU 10.0: a container references the owner of each subregion',
    model: alwaysReferences,
  },
  {
    id: 'M2',
    name: 'rules-of-10-2',
    who: 'upstream',
    where: from.merged,
    summary: 'QEMU 10.2: no reference within one owner',
    model: byOwner,
  },
];
