import type { Routine } from '../../src/index.js';
import { changeBothHalves, readBothHalves } from '../halves.js';
import { noCallbackAfter } from '../late-callback.js';
import { type Window, window } from '../window.js';
import type { Device } from './bench.js';
import type { Hazard } from './hazard.js';
import type { Kind } from './registration.js';

/** How a handler of each kind is called. */
const names: Readonly<Record<Kind, string>> = {
  'bottom-half': 'a bottom half',
  'fd-handler': 'the handler of a file descriptor',
};

/** A hazard for handlers of both kinds. */
type Common = Omit<Hazard, 'kind'> & { readonly description: string };

/** The other thread takes the handler out and gives up what the callback works on, with no more ado. */
const freed: Common = {
  name: 'deleted-and-freed',
  title: 'deleted, device freed',
  description: 'another thread takes out HANDLER and drops the last reference on its device',
  story(bench) {
    const early = window(bench.sim, 'taken out, callback not over');
    bench.goesAway();
    return {
      callback: (device) => touchAndClose(device, early),
      *other() {
        yield* early.open();
        yield* bench.registration.deregister();
        yield* bench.release(bench.first);
      },
    };
  },
};

/** The same in the other order, as devices do that clean up in instance_finalize. */
const inFinalize: Common = {
  name: 'deleted-in-finalize',
  title: 'deleted in finalize',
  description:
    'another thread drops the last reference on a device, and instance_finalize takes out HANDLER',
  story(bench) {
    const early = window(bench.sim, 'dropped, callback not over');
    bench.goesAway();
    return {
      callback: (device) => touchAndClose(device, early),
      *other() {
        yield* early.open();
        yield* bench.release(bench.first);
      },
      finalize: () => bench.registration.deregister(),
    };
  },
};

/** Jan Kiszka's pattern of 28 August 2012: look up and use, against deregister, make invalid, make valid, register. */
const changed: Common = {
  name: 'deleted-and-changed',
  title: 'deleted, changed, made anew',
  description:
    'another thread takes out HANDLER, changes what its callback uses in two halves, and registers it anew',
  story(bench) {
    const early = window(bench.sim, 'taken out, callback not over');
    return {
      *callback(device) {
        yield* readBothHalves(bench.sim, device.fields.window);
        yield* early.close();
      },
      *other() {
        yield* early.open();
        yield* bench.registration.deregister();
        yield* changeBothHalves(bench.first.fields.window);
        yield* bench.registration.register(bench.first);
      },
    };
  },
};

/** The callback decides that it was the last time. */
const byItself: Common = {
  name: 'deleted-by-itself',
  title: 'deleted by its callback',
  description: 'the callback of HANDLER takes its own handler out, and goes on',
  story(bench) {
    const inside = bench.sim.reachable('taken out by its callback');
    return {
      *callback(device) {
        yield* device.touch();
        yield* bench.registration.deregister();
        inside();
        yield* device.touch();
      },
    };
  },
};

/** The other thread holds what the callback waits for. */
const underLock: Common = {
  name: 'deleted-under-lock',
  title: 'deleted under the device lock',
  description: 'another thread takes out HANDLER under the lock that the callback takes',
  story(bench) {
    const early = window(bench.sim, 'taken out, callback not over');
    return {
      *callback(device) {
        yield* bench.locked(device, () => device.touch());
        yield* early.close();
      },
      *other() {
        yield* bench.locked(bench.first, function* () {
          yield* bench.first.touch();
          yield* early.open();
          yield* bench.registration.deregister();
        });
      },
    };
  },
};

/** The other thread counts on no callback from then on. */
const late: Common = {
  name: 'late-callback',
  title: 'late callback',
  description: 'another thread takes out HANDLER, and counts on no callback from then on',
  story(bench) {
    const early = window(bench.sim, 'taken out, callback not over');
    const promised = noCallbackAfter(bench.sim, bench.registration.removal);
    return {
      *callback(device) {
        yield* promised.callback(() => device.touch());
        yield* early.close();
      },
      *other() {
        yield* early.open();
        yield* bench.registration.deregister();
        yield* promised.returned();
      },
    };
  },
};

/** A bottom half is not made anew to be changed. */
const rescheduled: Hazard = {
  name: 'bottom-half-rescheduled',
  title: 'bottom half: stopped, changed, scheduled',
  description:
    'another thread cancels a bottom half, changes what its callback uses in two halves, and schedules it',
  kind: 'bottom-half',
  story(bench) {
    const early = window(bench.sim, 'cancelled, callback not over');
    return {
      *callback(device) {
        yield* readBothHalves(bench.sim, device.fields.window);
        yield* early.close();
      },
      *other() {
        const { first, registration } = bench;
        yield* early.open();
        yield* registration.modify(() => changeBothHalves(first.fields.window), first);
      },
    };
  },
};

/** aio_set_fd_handler has another callback and another opaque take the place of those there are. */
const replaced: Hazard = {
  name: 'fd-handler-replaced',
  title: 'fd handler: replaced, device freed',
  description:
    'another thread sets another handler, of another device, and drops the last reference on the first device',
  kind: 'fd-handler',
  story(bench) {
    const early = window(bench.sim, 'replaced, callback not over');
    return {
      *callback(device) {
        yield* device.touch();
        if (device === bench.first) yield* early.close();
      },
      two: true,
      *other() {
        const { first, registration, second } = bench;
        yield* early.open();
        yield* registration.modify(() => bench.release(first), second);
      },
    };
  },
};

/** The callback as most devices have it: it changes the device's state. */
function* touchAndClose(device: Device, early: Window): Routine {
  yield* device.touch();
  yield* early.close();
}

/** The hazards of a kind, which are those of both and its own. */
function of(kind: Kind, own: Hazard): readonly Hazard[] {
  const common = [freed, inFinalize, changed, byItself, underLock, late].map((each) => ({
    ...each,
    kind,
    name: `${kind}-${each.name}`,
    title: `${kind === 'fd-handler' ? 'fd handler' : 'bottom half'}: ${each.title}`,
    description: each.description.replace('HANDLER', names[kind]),
  }));
  return [...common, own];
}

/** In the order of the table. */
export const hazards: readonly Hazard[] = [
  ...of('bottom-half', rescheduled),
  ...of('fd-handler', replaced),
];
