import { around, deviceLock } from '../../../models/index.js';
import { window } from '../../window.js';
import { Bench } from '../bench.js';
import type { Hazard } from '../hazard.js';

export const removalUnderDeviceLock: Hazard = {
  name: 'removal-under-device-lock',
  title: 'removal under the device lock',
  description:
    'management takes a region out under the lock of the device, which the callbacks of the region take as well',
  threads(sim, design) {
    const bench = new Bench(sim, design);
    const inside = window(sim, 'taken out while the guest reads');
    const lock = () => deviceLock({ owner: card.object });
    const card = bench.cardThatReads((it) => around(lock(), () => it.data.read()));
    bench.startReadWhile(inside, function* () {
      yield* around(lock(), () => card.remove());
      yield* inside.open();
    });
  },
};
