import { temporary } from '../../qom/creation-sites.js';
import type { SingletonDesign } from '../../qom/singleton.js';
import { clearedInFinalize } from './cleared-in-finalize.js';

/**
 * G9. instance_init stores the pointer, instance_finalize resets it, and object_new aborts while there is one. Introspection looks at
 * the instance that exists. Who looks the instance up holds no reference.
 */
export const setInInit: SingletonDesign = {
  ...clearedInFinalize,
  name: 'set-in-init',
  *beforeNew(singleton) {
    const existing = yield* singleton.read();
    const { sim } = singleton.qom;
    sim.assert(existing === undefined, `object_new: a second instance of "${singleton.type}"`);
    return undefined;
  },
  *born(singleton, object) {
    yield* singleton.current.write(object);
  },
  *publish() {},
  *inspect(singleton, klass) {
    const existing = yield* singleton.design.getInstance(singleton);
    if (existing !== undefined) return { object: existing, lent: true };
    return yield* temporary(singleton.qom, klass);
  },
};
