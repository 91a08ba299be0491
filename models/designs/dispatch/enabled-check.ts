import type { Plain } from '../../../src/index.js';
import type { MemoryDesign } from '../../memory/design.js';
import type { MemoryRegion } from '../../memory/region.js';
import { byOwner } from '../subregions/by-owner.js';
import { around, deviceLock } from './device-lock.js';
import { per } from './per.js';
import { regionOperations } from './region-operations.js';

const shown: (region: MemoryRegion) => Plain<boolean> = per(({ object }) =>
  object.instance.plain('enabled', false),
);

/**
 * D25. D10, and each device copes with callbacks that come late: it takes regions out under its lock, and its callbacks ask under the same
 * lock, which is theirs already where they take regions out, whether the region is still enabled; if not they read as all ones. Argued by Avi Kivity, 2012.
 */
export const enabledCheck: MemoryDesign = {
  ...regionOperations,
  name: 'enabled-check',
  *made(region) {
    shown(region);
    deviceLock(region);
  },
  callback: (region, run) =>
    around(deviceLock(region), function* () {
      if (yield* shown(region).read()) return yield* run();
      return { result: 'ok', value: 0xffffffff } as const;
    }),
  removal: (region, remove) =>
    around(deviceLock(region), function* () {
      yield* shown(region).write(false);
      yield* remove();
    }),
  subregions: {
    ...byOwner,
    *added(container, region) {
      yield* around(deviceLock(region), function* () {
        yield* shown(region).write(true);
      });
      yield* byOwner.added(container, region);
    },
  },
};
