import { reference } from '../../qom/lifetime.js';
import type { SingletonDesign } from '../../qom/singleton.js';
import { clearedInFinalize } from './cleared-in-finalize.js';

/**
 * G4. object_new returns the instance that exists, with one more reference, and makes one only if there is none: what GLib's
 * constructors do. Argued by Daniel Berrangé. The cache is filled when the object is whole, and forgets it when it goes; callers cannot
 * tell an object that is theirs alone from the one that everybody has.
 */
export const glibConstructor: SingletonDesign = {
  ...clearedInFinalize,
  name: 'glib-constructor',
  *beforeNew(singleton) {
    const cached = yield* singleton.read();
    if (cached !== undefined) yield* reference(cached);
    return cached;
  },
  *made(singleton, object) {
    yield* singleton.current.write(object);
  },
  *publish() {},
};
