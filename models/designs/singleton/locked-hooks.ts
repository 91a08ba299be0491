import type { Routine } from '../../../src/index.js';
import { reference } from '../../qom/lifetime.js';
import type { QomObject } from '../../qom/object.js';
import type { Singleton, SingletonDesign } from '../../qom/singleton.js';
import { secondVersion } from './second-version.js';

/**
 * G3 with the locks that its text asks of each hook: the pointer is read and the reference taken under a mutex, which instance_init and
 * instance_finalize take as well. The last object_unref does not take it, so the count may have reached zero all the same.
 */
export const lockedHooks: SingletonDesign = {
  ...secondVersion,
  name: 'locked-hooks',
  born: store,
  *dying(singleton) {
    yield* store(singleton, undefined);
  },
  *getInstance({ mutex, current }) {
    yield* mutex.lock();
    const object = yield* current.read();
    if (object !== undefined) yield* reference(object);
    yield* mutex.unlock();
    return object;
  },
};

function* store({ mutex, current }: Singleton, object: QomObject | undefined): Routine {
  yield* mutex.lock();
  yield* current.write(object);
  yield* mutex.unlock();
}
