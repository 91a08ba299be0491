import type { Routine } from '../../../src/index.js';
import { regionUnreference } from '../../memory/address-space.js';
import type { MemoryDesign } from '../../memory/design.js';
import type { FlatRange } from '../../memory/flat-view.js';
import { head } from './head.js';
import { dispatchHolding } from './reference-during-call.js';

/**
 * D11. Look up and reference inside the read section, unless the count is zero already; call outside it. Argued by Avi Kivity in 2012
 * ("Context B", after the dcache), so that the order of locks is device before map; upstream worked so from 2013 to 2015, under the
 * big lock.
 */
export const lookupThenReference: MemoryDesign = {
  ...head,
  name: 'lookup-then-reference',
  lockless: true,
  viewHolds: () => undefined,
  dispatch: (space, access, reach) =>
    dispatchHolding(space, access, reach, tryReference, ({ region }) => regionUnreference(region)),
};

function* tryReference({ region }: FlatRange): Routine<boolean> {
  const { owner } = region;
  return owner === undefined || (yield* owner.ref.tryGet());
}
