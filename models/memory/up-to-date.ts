import type { Routine } from '../../src/index.js';
import type { AddressSpace } from './address-space.js';
import type { FlatRange } from './flat-view.js';
import { flatViewRoot, type Looks, render } from './render.js';

/** Whether what a space shows is what its regions say: peeks. Nothing of upstream's, for properties. */
export function isUpToDate({ root, currentMap }: AddressSpace): boolean {
  const wanted = peeked(render(peeks, peeked(flatViewRoot(peeks, root.peek()))));
  const shown = currentMap.peek()?.shows ?? [];
  return wanted.length === shown.length && wanted.every((range, i) => same(range, shown[i]));
}

function same(wanted: FlatRange, shown: FlatRange | undefined): boolean {
  return (
    wanted.region === shown?.region &&
    wanted.start === shown.start &&
    wanted.size === shown.size &&
    wanted.offset === shown.offset
  );
}

/** Regions as they are, without a step. */
const peeks: Looks = {
  *of({ layout }) {
    return layout.peek();
  },
  *ops({ ops }) {
    return ops.peek();
  },
};

/** What a routine returns that takes no step. */
function peeked<T>(routine: Routine<T>): T {
  const { done, value } = routine.next();
  if (done !== true) throw new Error('a step where only peeks are allowed');
  return value;
}
