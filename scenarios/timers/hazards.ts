import { unreference } from '../../models/index.js';
import type { Routine } from '../../src/index.js';
import { noCallbackAfter } from '../late-callback.js';
import { during, type Overlap } from '../window.js';
import type { Bench, Hazard } from './hazard.js';

/** The callback as most devices have it: it changes the device's state under the device's lock. */
function tick(bench: Bench, early: Overlap): Routine {
  return during(early, () => bench.locked(() => bench.touch()));
}

/** The guest writes a register, and the device does what it does then. */
function* registerWrite(bench: Bench, early: Overlap, then?: () => Routine): Routine {
  bench.sim.log('the guest writes a register');
  yield* bench.touch();
  yield* early.open();
  if (then !== undefined) yield* then();
}

/** The guest writes a register that arms the timer, under the lock that the callback takes as well. */
const armedUnderDeviceLock: Hazard = {
  name: 'armed-under-device-lock',
  title: 'armed under the device lock',
  description: 'a register write arms the timer, under the lock that the callback takes',
  story(bench) {
    const early = bench.meets('register written');
    const write = () => registerWrite(bench, early, () => bench.mod(20));
    return { callback: () => tick(bench, early), guest: () => bench.locked(write) };
  },
};

/** The guest writes a register that stops the timer, under the lock that the callback takes as well. */
const deletedUnderDeviceLock: Hazard = {
  name: 'deleted-under-device-lock',
  title: 'deleted under the device lock',
  description: 'a register write deletes the timer, under the lock that the callback takes',
  story(bench) {
    const early = bench.meets('register written');
    const write = () => registerWrite(bench, early, () => bench.del());
    return { callback: () => tick(bench, early), guest: () => bench.locked(write) };
  },
};

/** The callback decides that it was the last time. */
const deletedByCallback: Hazard = {
  name: 'deleted-by-callback',
  title: 'deleted by its callback',
  description: 'the callback deletes its own timer',
  story(bench) {
    const inside = bench.sim.reachable('a timer deleted by its callback');
    const last = function* () {
      yield* bench.touch();
      inside();
      yield* bench.del();
    };
    return { callback: () => bench.locked(last) };
  },
};

/** A periodic timer, which fires twice here. */
const armedByCallback: Hazard = {
  name: 'armed-by-callback',
  title: 'armed by its callback',
  description: 'the callback arms its own timer again, once',
  story(bench) {
    const inside = bench.sim.reachable('a timer armed by its callback');
    const periodic = function* () {
      const before = yield* bench.device.register.read();
      yield* bench.touch();
      if (before > 0) return;
      inside();
      yield* bench.mod(20);
    };
    return { callback: () => bench.locked(periodic) };
  },
};

/** A callback that works on a device from which nobody else takes anything but its memory. */
function work(bench: Bench, early: Overlap): Routine {
  return during(early, () => bench.touch());
}

/** The guest ejects the device, which happens under the big lock: the timer goes first, then the device. */
const freedAfterDeletion: Hazard = {
  name: 'freed-after-deletion',
  title: 'freed after deletion',
  description: 'the guest ejects the device: the timer is deleted, the last reference dropped',
  story(bench) {
    const early = bench.meets('deletion begun');
    bench.goesAway();
    const eject = function* () {
      bench.sim.log('the guest ejects the device');
      yield* early.open();
      yield* bench.del();
      yield* unreference(bench.object);
    };
    return { callback: () => work(bench, early), guest: () => bench.underBigLock(eject) };
  },
};

/** The same in the other order, as devices do that clean up in instance_finalize. */
const deletedInFinalize: Hazard = {
  name: 'deleted-in-finalize',
  title: 'deleted in finalize',
  description: 'the guest ejects the device, and instance_finalize deletes the timer',
  story(bench) {
    const early = bench.meets('reference dropped');
    bench.goesAway();
    const eject = function* () {
      bench.sim.log('the guest ejects the device');
      yield* early.open();
      yield* unreference(bench.object);
    };
    return {
      callback: () => work(bench, early),
      finalize: () => bench.del(),
      guest: () => bench.underBigLock(eject),
    };
  },
};

/** The guest resets the device, which counts on no callback from then on. */
const lateCallback: Hazard = {
  name: 'late-callback',
  title: 'late callback',
  description: 'the guest resets the device: its timer is deleted, and no callback is to run then',
  story(bench) {
    const early = bench.meets('deletion begun');
    const promised = noCallbackAfter(bench.sim, 'timer_del');
    return {
      callback: () => during(early, () => promised.callback(() => bench.touch())),
      guest: () =>
        bench.underBigLock(function* () {
          bench.sim.log('the guest resets the device');
          yield* early.open();
          yield* bench.del();
          yield* promised.returned();
        }),
    };
  },
};

/** A device that has no lock of its own, and trusts that its callbacks run one after another. */
const twoTimers: Hazard = {
  name: 'two-timers',
  title: 'two timers, no lock',
  description:
    'two timers of one device change the same state, and only the timer core keeps them apart',
  story(bench) {
    const both = bench.sim.reachable('both callbacks');
    return {
      callback: () => bench.touch(),
      *urgent() {
        both();
        yield* bench.touch();
      },
    };
  },
};

/** A device of old: the guest changes it under the big lock, and its callback counts on having it. */
const reliesOnBigLock: Hazard = {
  name: 'relies-on-big-lock',
  title: 'relies on the big lock',
  description:
    'the guest changes the device under the big lock, and the callback has no other lock',
  story(bench) {
    const early = bench.meets('register written');
    const write = () => registerWrite(bench, early);
    return { callback: () => work(bench, early), guest: () => bench.underBigLock(write) };
  },
};

/** In the order of the table. */
export const hazards: readonly Hazard[] = [
  armedUnderDeviceLock,
  deletedUnderDeviceLock,
  deletedByCallback,
  armedByCallback,
  freedAfterDeletion,
  deletedInFinalize,
  lateCallback,
  twoTimers,
  reliesOnBigLock,
];
