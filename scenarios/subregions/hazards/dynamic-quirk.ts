import { accessSpace, addSubregion, delSubregion, unparent } from '../../../models/index.js';
import type { Block } from '../../../src/index.js';
import { overtaking } from '../../window.js';
import type { Bench } from '../bench.js';
import { base, mapContainer, unmapContainer, unparentRegions } from '../card.js';
import type { Hazard } from '../hazard.js';

/** hw/vfio/pci-quirks.c: vfio_bar_quirk_setup, vfio_bar_quirk_exit, vfio_bar_quirk_finalize. */
export const dynamicQuirk: Hazard = {
  name: 'dynamic-quirk',
  title: 'a region made on the way',
  description:
    'the guest reads a quirk, a region in memory that the card has allocated, while the card is unplugged',
  story: (bench) => cardWithQuirk(bench, true),
};

/** The same without vfio_bar_quirk_exit: the regions are to find out of each other by themselves. */
export const dynamicQuirkLeft: Hazard = {
  name: 'dynamic-quirk-left',
  title: 'a region made on the way, left in its container',
  description:
    'the guest reads a quirk while the card is unplugged, which leaves the quirk in the container of the card',
  story: (bench) => cardWithQuirk(bench, false),
};

function cardWithQuirk(bench: Bench, detaches: boolean): void {
  const { sim, habits } = bench;
  const inside = overtaking(sim, 'unplugged while the guest reads');
  let memory: Block | undefined;
  const quirk = () => memory ?? sim.fail('no quirk');
  bench.define({
    name: 'card',
    *realize(device) {
      yield* mapContainer(bench, device);
      memory = yield* sim.alloc('quirk');
      const region = yield* device.make(bench.object('card'), 'quirk', 'register', memory);
      yield* addSubregion(device.region('container'), region, 0);
    },
    *exit(device) {
      const region = device.region('quirk');
      yield* unmapContainer(bench, device);
      if (detaches) yield* delSubregion(device.region('container'), region);
      yield* inside.changed();
      if (habits.frees !== 'at exit') return;
      yield* unparent(region.object);
      yield* sim.free(quirk());
    },
    *finalize(device) {
      yield* unparentRegions(bench, device);
      if (habits.frees === 'in instance_finalize') yield* sim.free(quirk());
    },
  });
  bench.run({
    unplug: ['card'],
    *guest() {
      const access = { address: base, size: 4 };
      const { result } = yield* accessSpace(bench.memory.system, access);
      yield* inside.accessed(result === 'ok');
    },
  });
}
