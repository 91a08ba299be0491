import { decodeError } from '../../memory/access.js';
import type { MemoryDesign } from '../../memory/design.js';
import { byOwner } from '../subregions/by-owner.js';
import { implOf, implType, regionImpl } from './region-impl.js';

/**
 * D21. D20, and the implementation has a lock, which dispatch holds across the callback, and a flag, which dispatch looks at under it and
 * the end of the region clears under it. Tried and withdrawn by Avi Kivity, 2012: most callbacks take the big lock.
 */
export const lockedRegionImpl: MemoryDesign = {
  ...regionImpl,
  name: 'locked-region-impl',
  *callback(region, run) {
    const impl = implOf(region)?.as(implType);
    if (impl === undefined) return yield* run();
    yield* impl.lock.lock();
    const outcome = (yield* impl.enabled.read()) ? yield* run() : decodeError;
    yield* impl.lock.unlock();
    return outcome;
  },
  callbackLock(region) {
    const impl = implOf(region);
    if (impl === undefined) return undefined;
    const { lock } = impl.as(implType);
    return {
      name: lock.name,
      get holder() {
        return impl.instance.alive ? lock.holder : undefined;
      },
    };
  },
  subregions: {
    ...byOwner,
    *finalize(region) {
      const impl = implOf(region)?.as(implType);
      if (impl !== undefined) {
        yield* impl.lock.lock();
        yield* impl.enabled.write(false);
        yield* impl.lock.unlock();
      }
      yield* regionImpl.subregions.finalize(region);
    },
  },
};
