import type { QemuTimer, QomObject } from '../../../models/index.js';
import { BigLock, MainLoop, objectNew, QemuClock, Qom, timerInit } from '../../../models/index.js';
import type { Routine, Sim } from '../../../src/index.js';

/** A big lock and a main loop. */
export function loopOf(sim: Sim): { bigLock: BigLock; loop: MainLoop } {
  const bigLock = new BigLock(sim);
  return { bigLock, loop: new MainLoop(sim, bigLock) };
}

/** A clock of its own. */
export function clockOf(sim: Sim, bigLock: BigLock = new BigLock(sim)): QemuClock {
  return new QemuClock(sim, bigLock);
}

/** An object with timers in its memory; each callback is given by name. */
export function* ownerOf(
  sim: Sim,
  callbacks: Readonly<Record<string, () => Routine>>,
): Routine<{ object: QomObject; timers: Record<string, QemuTimer> }> {
  const qom = new Qom(sim);
  qom.types.register({ name: 'owner', parent: 'object' });
  const object = yield* objectNew(qom, 'owner');
  const timers: Record<string, QemuTimer> = {};
  for (const [name, callback] of Object.entries(callbacks)) {
    timers[name] = timerInit(object.instance, name, callback, () => object);
  }
  return { object, timers };
}
