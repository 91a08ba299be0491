import { addSubregion, delSubregion, unparent } from '../../models/index.js';
import type { Routine } from '../../src/index.js';
import type { Bench, Device, DeviceStory } from './bench.js';

/** Where the container of a card is mapped; its register is at the beginning. */
export const base = 0x100;

/** A device with a container, mapped, and a register region in it: both in the device's own memory. */
export function card(bench: Bench, more: Partial<DeviceStory> = {}): DeviceStory {
  return {
    name: 'card',
    *realize(device) {
      yield* mapContainer(bench, device);
      const window = yield* device.make(bench.object('card'), 'window', 'register');
      yield* addSubregion(device.region('container'), window, 0);
    },
    exit: (device) => unmapContainer(bench, device),
    finalize: (device) => unparentRegions(bench, device),
    ...more,
  };
}

/** The first half of realizing a card. */
export function* mapContainer(bench: Bench, device: Device, name = 'card'): Routine {
  const container = yield* device.make(bench.object(name), 'container', 'container');
  yield* addSubregion(bench.system, container, base);
}

export function* unmapContainer(bench: Bench, device: Device): Routine {
  yield* delSubregion(bench.system, device.region('container'));
}

/** What the habit of unparenting in instance_finalize does: what was made last goes first. */
export function* unparentRegions(bench: Bench, device: Device): Routine {
  if (!bench.habits.unparents) return;
  for (const { object } of [...device.regions.values()].reverse()) yield* unparent(object);
}
