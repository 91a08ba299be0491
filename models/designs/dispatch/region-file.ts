import type { Routine } from '../../../src/index.js';
import type { MemoryDesign } from '../../memory/design.js';
import type { MemoryRegion } from '../../memory/region.js';
import { reference, unreference } from '../../qom/lifetime.js';
import type { QomObject } from '../../qom/object.js';
import { objectNew } from '../../qom/object-new.js';
import type { TypeInfo } from '../../qom/type-info.js';
import { byOwner } from '../subregions/by-owner.js';
import { head } from './head.js';
import { dispatchHolding } from './reference-during-call.js';
import { dropImpl, holdImpl } from './region-impl.js';

/** What was registered, and what is referenced for it: neither changes. */
interface File {
  registered: { readonly region: MemoryRegion; readonly device: QomObject } | undefined;
}

/** How a file drops its device when it goes. */
type Drop = (region: MemoryRegion, device: QomObject) => Routine;

/** The files of the regions that are in a container: known to who holds the big lock. */
const open = new WeakMap<MemoryRegion, QomObject>();

/**
 * D22. What the map holds is to a device as an open file is to its private data: made when the region is registered it references the
 * device, and it drops the device when it goes, in whichever thread that is. Nobody waits. Suggested by Liu Ping Fan, 2012.
 */
export const regionFile: MemoryDesign = design('region-file', (_region, device) =>
  unreference(device),
);

/** D22, and the file drops its device by way of call_rcu: in the RCU thread, under the big lock. */
export const reclaimedRegionFile: MemoryDesign = design(
  'reclaimed-region-file',
  ({ memory }, device) => memory.machine.callRcu.call(() => unreference(device)),
);

function design(name: string, drop: Drop): MemoryDesign {
  const fileType: TypeInfo<File> = {
    name: 'memory-region-file',
    parent: 'object',
    fields: () => ({ registered: undefined }),
    *instanceFinalize(file) {
      const { registered } = file.as(fileType);
      if (registered !== undefined) yield* drop(registered.region, registered.device);
    },
  };
  return {
    ...head,
    name,
    lockless: true,
    types: [fileType],
    viewHolds: (region) => open.get(region),
    dispatch: (space, access, reach) => dispatchHolding(space, access, reach, holdImpl, dropImpl),
    *ops({ ops }) {
      return ops;
    },
    subregions: {
      ...byOwner,
      *added(container, region) {
        yield* byOwner.added(container, region);
        const { memory, owner: device } = region;
        if (device === undefined) return;
        const file = yield* objectNew(memory.machine.qom, fileType.name, `file of ${region.name}`);
        yield* reference(device);
        file.as(fileType).registered = { region, device };
        open.set(region, file);
      },
      *removed(container, region) {
        const file = open.get(region);
        open.delete(region);
        if (file !== undefined) yield* unreference(file);
        yield* byOwner.removed(container, region);
      },
    },
  };
}
