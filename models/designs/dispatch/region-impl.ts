import type { Mutex, Plain, Routine } from '../../../src/index.js';
import type { MemoryDesign } from '../../memory/design.js';
import type { FlatRange } from '../../memory/flat-view.js';
import type { MemoryRegion } from '../../memory/region.js';
import { reference, unreference } from '../../qom/lifetime.js';
import type { QomObject } from '../../qom/object.js';
import { objectNew } from '../../qom/object-new.js';
import type { TypeInfo } from '../../qom/type-info.js';
import { byOwner } from '../subregions/by-owner.js';
import { head } from './head.js';
import { dispatchHolding } from './reference-during-call.js';

/** What of a region lives on without it. */
export const implType: TypeInfo<{ readonly lock: Mutex; readonly enabled: Plain<boolean> }> = {
  name: 'memory-region-impl',
  parent: 'object',
  fields: (block) => ({ lock: block.mutex('lock'), enabled: block.plain('enabled', true) }),
};

const impls = new WeakMap<MemoryRegion, QomObject>();

/** Made with the region, and known as long as it: nothing for regions of nobody. */
export function implOf(region: MemoryRegion): QomObject | undefined {
  return impls.get(region);
}

/**
 * D20. A region is a handle on an implementation with a count of its own: the map and each dispatch hold the implementation, which has all
 * that dispatch needs, and a device may destroy its region at any time. Tried and withdrawn by Avi Kivity, 2012: what of the opaque?
 */
export const regionImpl: MemoryDesign = {
  ...head,
  name: 'region-impl',
  lockless: true,
  types: [implType],
  *made(region) {
    if (region.owner === undefined) return;
    const { qom } = region.memory.machine;
    impls.set(region, yield* objectNew(qom, implType.name, `${region.name} impl`));
  },
  viewHolds: implOf,
  dispatch: (space, access, reach) => dispatchHolding(space, access, reach, holdImpl, dropImpl),
  *ops({ ops }) {
    return ops;
  },
  subregions: {
    ...byOwner,
    *finalize(region) {
      yield* byOwner.finalize(region);
      const impl = implOf(region);
      if (impl !== undefined) yield* unreference(impl);
    },
  },
};

/** The view that shows the range holds it as well. */
export function* holdImpl({ held }: FlatRange): Routine<boolean> {
  if (held !== undefined) yield* reference(held);
  return true;
}

export function* dropImpl({ held }: FlatRange): Routine {
  if (held !== undefined) yield* unreference(held);
}
