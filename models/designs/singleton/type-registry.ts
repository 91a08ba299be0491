import type { Routine } from '../../../src/index.js';
import { temporary } from '../../qom/creation-sites.js';
import type { QomObject } from '../../qom/object.js';
import { Instances, type Singleton, type SingletonDesign } from '../../qom/singleton.js';
import { conflict } from './conflict.js';
import { noSingletons } from './none.js';

/**
 * G6. The core keeps a table from each type to its instance: object_new enters what it has made, finalizing takes it out, look-ups hold
 * no reference. Argued by Philippe Mathieu-Daudé. The key is the type of the instance, so that subclasses of one base do not meet.
 */
export const typeRegistry: SingletonDesign = {
  ...noSingletons,
  name: 'type-registry',
  *beforeNew(singleton, { type }) {
    const { registry } = singleton.singletons;
    return (yield* registry.read()).has(type) ? conflict(singleton) : undefined;
  },
  *made(singleton, object) {
    const { registry } = singleton.singletons;
    const known = yield* registry.read();
    yield* registry.write(new Instances([...known, [object.klass.type, object]]));
  },
  *dying(singleton, object) {
    const { registry } = singleton.singletons;
    const known = yield* registry.read();
    yield* registry.write(new Instances([...known].filter(([, instance]) => instance !== object)));
  },
  *publish() {},
  getInstance: find,
  *inspect(singleton, klass) {
    const existing = yield* find(singleton);
    if (existing?.klass.type === klass.type) return { object: existing, lent: true };
    return yield* temporary(singleton.qom, klass);
  },
};

/** The first instance of the class or of one that descends from it. */
function* find({ singletons, type }: Singleton): Routine<QomObject | undefined> {
  const known = yield* singletons.registry.read();
  return [...known.values()].find((object) => object.isA(type));
}
