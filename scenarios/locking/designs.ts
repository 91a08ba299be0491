import {
  addressThenEnabled,
  bigLockFirst,
  bigLockOnly,
  collapsed,
  deviceLockFirst,
  inTransaction,
  type LockingDesign,
  mixedRegions,
  mixedRegionsLocked,
} from '../../models/index.js';
import type { DesignRow } from '../entry.js';
import * as from from './sources.js';

/** What an answer is about, and so which hazards are hazards for it. */
type Topic = 'locks' | 'reprogramming';

/** An answer as a row of the table. */
export interface LockingRow extends DesignRow {
  readonly model: LockingDesign;
  readonly topics: readonly Topic[];
  /** Whether it says in which order locks are taken. */
  readonly ordered: boolean;
}

const warning = 'upstream, as a warning';

/** Where it was said, if not in 2012. */
const places: Readonly<Record<string, string>> = {
  upstream: from.code,
  [warning]: from.lockless,
};

function row(
  id: string,
  model: LockingDesign,
  who: string,
  summary: string,
  topics: readonly Topic[] = ['locks'],
): LockingRow {
  const where = places[who] ?? from.thread2012;
  // D28 is two answers to which lock comes first; the others take one lock, or say nothing.
  const ordered = id.startsWith('D28');
  return { id, name: model.name, who, where, summary, model, topics, ordered };
}

/** How a region is moved, with the big lock as the only one. */
function reprogramming(
  id: string,
  name: string,
  reprogram: LockingDesign['reprogram'],
  who: string,
  summary: string,
): LockingRow {
  return row(id, { ...bigLockOnly, name, reprogram }, who, summary, ['reprogramming']);
}

/** Every answer, in the order of the table. */
export const designs: readonly LockingRow[] = [
  row('head', bigLockOnly, 'upstream', 'callbacks under the big lock, no other', [
    'locks',
    'reprogramming',
  ]),
  row('D27', mixedRegions, warning, 'one region without the big lock, no lock in common'),
  row('D27a', mixedRegionsLocked, 'Jan Kiszka', 'the same with a lock of the device'),
  row('D28', deviceLockFirst, 'Jan Kiszka', "the device's lock, then the big lock for the map"),
  row('D28a', bigLockFirst, 'Jan Kiszka', "the big lock, then the device's lock"),
  reprogramming(
    'D30',
    'address-then-enabled',
    addressThenEnabled,
    'Jan Kiszka',
    'to enable, the address and then the bit; to disable, the bit',
  ),
  reprogramming('D31', 'collapsed', collapsed, 'Avi Kivity', 'always the address and then the bit'),
  reprogramming('D32', 'one-transaction', inTransaction, 'Avi Kivity', 'both as one change'),
];

/** What was said that no program can show, by its number. */
export const notExecutable: Readonly<Record<string, string>> = {
  D36: 'whether devices are converted all at once or one by one: the row D27 is a device half-way',
  D37: 'which devices may be the root of a deletion: device_del answers that, whatever the locks; see test/models/devices/embedded.test.ts',
};
