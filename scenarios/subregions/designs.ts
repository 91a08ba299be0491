import {
  aliasReferences,
  alwaysReferences,
  byOwner,
  objectReference,
  type PropertyDeletion,
  type SubregionDesign,
  unparentContainer,
} from '../../models/index.js';
import type { DesignRow } from '../entry.js';
import * as from from './sources.js';

/** What the code of a device does of its own accord. */
export interface Habits {
  /** Whether instance_finalize unparents the device's regions, as the documentation wanted it until 2025. */
  readonly unparents: boolean;
  /** When the memory of regions that were made on the way is given back. */
  readonly frees: 'in instance_finalize' | 'at exit';
  /** Whether a device takes its regions out of the containers of other devices when it is unrealized. */
  readonly detaches: boolean;
  /** Which of its own regions a device references until instance_finalize, to work on them there; and whether it lets go. */
  readonly holds: 'its container' | 'all' | 'all, for ever';
}

/** An answer as a row of the table. */
export interface SubregionRow extends DesignRow {
  readonly model: SubregionDesign;
  readonly deletion: PropertyDeletion;
  readonly habits: Habits;
  /** The hazards that it makes a difference to; absent: all. */
  readonly only?: readonly string[];
}

const usual: Habits = {
  unparents: false,
  frees: 'in instance_finalize',
  detaches: true,
  holds: 'its container',
};

interface Variation extends Partial<Habits> {
  readonly model?: SubregionDesign;
  readonly deletion?: PropertyDeletion;
  readonly only?: readonly string[];
}

function row(
  row: DesignRow,
  { model = byOwner, deletion = 'before instance_finalize', only, ...habits }: Variation,
): SubregionRow {
  return { ...row, model, deletion, habits: { ...usual, ...habits }, ...(only && { only }) };
}

/** Every answer, in the order of the table. */
export const designs: readonly SubregionRow[] = [
  row(
    {
      id: 'M1',
      name: 'always-references',
      who: 'upstream until 10.1',
      where: from.merged,
      summary: 'a container references the owner of each subregion',
    },
    { model: alwaysReferences },
  ),
  row(
    {
      id: 'M1a',
      name: 'alias-references',
      who: 'upstream until 2015',
      where: from.aliasCommit,
      summary: 'the same, and an alias references the owner of its target',
    },
    { model: aliasReferences, only: ['same-owner', 'alias-of-own-region'] },
  ),
  row(
    {
      id: 'M2',
      name: 'by-owner',
      who: 'Peter Xu',
      where: from.merged,
      summary: 'no reference within one owner; finalize detaches both ways. Upstream since 10.2',
    },
    {},
  ),
  row(
    {
      id: 'M3',
      name: 'object-reference',
      who: 'Akihiko Odaki',
      where: from.thread2024,
      summary: 'within one owner a reference on the subregion itself',
    },
    { model: objectReference },
  ),
  row(
    {
      id: 'M4',
      name: 'unparent-container',
      who: 'Akihiko Odaki, as a warning',
      where: from.thread2024,
      summary: 'a region finalized in a container unparents the container',
    },
    { model: unparentContainer },
  ),
  row(
    {
      id: 'M4a',
      name: 'unparent-container-twice',
      who: 'Akihiko Odaki, as a warning',
      where: from.thread2024,
      summary: 'as M4, with properties that go after an instance_finalize that unparents all',
    },
    {
      model: unparentContainer,
      unparents: true,
      deletion: 'after instance_finalize',
      only: ['same-owner'],
    },
  ),
  row(
    {
      id: 'M7',
      name: 'properties-later',
      who: 'Peter Xu',
      where: from.thread2024,
      summary: 'as M2, but properties go after instance_finalize',
    },
    { deletion: 'after instance_finalize' },
  ),
  row(
    {
      id: 'M8',
      name: 'unparent-in-finalize',
      who: 'upstream until 10.1',
      where: from.unparentCommits,
      summary: 'as M2, and instance_finalize unparents the own regions',
    },
    { unparents: true, only: ['same-owner', 'dynamic-quirk', 'dynamic-quirk-left'] },
  ),
  row(
    {
      id: 'M8a',
      name: 'unparent-in-finalize-properties-later',
      who: 'Peter Xu',
      where: from.thread2024,
      summary: 'as M8, but properties go after instance_finalize, for which M8 was written',
    },
    {
      unparents: true,
      deletion: 'after instance_finalize',
      only: ['same-owner', 'dynamic-quirk', 'dynamic-quirk-left'],
    },
  ),
  row(
    {
      id: 'M9',
      name: 'quirk-freed-in-finalize',
      who: 'upstream',
      where: from.quirkCommits,
      summary: 'dynamic regions leave the map at exit and are freed in instance_finalize',
    },
    { only: ['dynamic-quirk'] },
  ),
  row(
    {
      id: 'M9a',
      name: 'quirk-freed-at-exit',
      who: 'upstream until 2015',
      where: from.quirkCommits,
      summary: 'dynamic regions are freed as soon as they have left the map',
    },
    { frees: 'at exit', only: ['dynamic-quirk'] },
  ),
  row(
    {
      id: 'M10',
      name: 'explicit-detach',
      who: 'Peter Xu',
      where: from.thread2024,
      summary: "a device takes its regions out of other owners' containers itself",
    },
    { only: ['cross-owner', 'cross-owner-container-first'] },
  ),
  row(
    {
      id: 'M10a',
      name: 'no-detach',
      who: 'Peter Xu, as a warning',
      where: from.thread2024,
      summary: "a device forgets its regions in other owners' containers",
    },
    { detaches: false, only: ['cross-owner', 'cross-owner-container-first'] },
  ),
  row(
    {
      id: 'M12',
      name: 'held-until-finalize',
      who: 'Akihiko Odaki',
      where: from.thread2024,
      summary: 'a device references its regions until instance_finalize',
    },
    { holds: 'all', only: ['extra-holder'] },
  ),
  row(
    {
      id: 'M12a',
      name: 'held-for-ever',
      who: 'for comparison',
      where: from.thread2024,
      summary: 'the same without letting go in instance_finalize',
    },
    { holds: 'all, for ever', only: ['extra-holder'] },
  ),
];

/** What was said that no program can show, by its number. */
export const notExecutable: Readonly<Record<string, string>> = {
  M5: 'a consequence of M2, not an answer of its own: the hazard extra-holder shows it',
  M6: 'the order that every row has but those that say "properties later"',
  M11: 'resources that free themselves are what child properties are; that a region frees no memory is M9',
};
