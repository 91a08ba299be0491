import type { Routine } from '../../../src/index.js';
import { temporary } from '../../qom/creation-sites.js';
import { reference, unreference } from '../../qom/lifetime.js';
import type { Singleton, SingletonDesign } from '../../qom/singleton.js';
import { conflict } from './conflict.js';
import { setInInit } from './set-in-init.js';

/**
 * G3. The second version: every site that makes an object of a type by name asks object_new_allowed first; introspection fetches the
 * instance or makes one (object_new_or_fetch), which then *is* the singleton while it lives; get_instance returns an elevated
 * reference, taken by an ordinary object_ref. object_new still aborts behind the sites that ask. Argued by Peter Xu.
 */
export const secondVersion: SingletonDesign = {
  ...setInInit,
  name: 'second-version',
  *allow(singleton) {
    return (yield* exists(singleton)) ? conflict(singleton) : undefined;
  },
  *beforeNew(singleton) {
    const existing = yield* exists(singleton);
    singleton.qom.sim.assert(!existing, `object_new: a second instance of "${singleton.type}"`);
    return undefined;
  },
  *getInstance(singleton) {
    const object = yield* singleton.read();
    if (object !== undefined) yield* reference(object);
    return object;
  },
  *giveBack(_singleton, object) {
    yield* unreference(object);
  },
  *inspect(singleton, klass) {
    const existing = yield* singleton.design.getInstance(singleton);
    if (existing !== undefined) return { object: existing, lent: false };
    return yield* temporary(singleton.qom, klass);
  },
};

/** object_new_allowed's question: it takes and drops a reference to get the answer. */
function* exists(singleton: Singleton): Routine<boolean> {
  const { design } = singleton;
  const object = yield* design.getInstance(singleton);
  if (object === undefined) return false;
  yield* design.giveBack(singleton, object);
  return true;
}
