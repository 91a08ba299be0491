import { temporary } from '../../qom/creation-sites.js';
import type { SingletonDesign } from '../../qom/singleton.js';

/**
 * Upstream as it is: the object model knows of no singletons. The code that makes the instance stores a pointer to it, the pointer is
 * never reset, and who follows it takes no reference.
 */
export const noSingletons: SingletonDesign = {
  name: 'no-singletons',
  *allow() {
    return undefined;
  },
  *beforeNew() {
    return undefined;
  },
  *born() {},
  *made() {},
  *publish(singleton, object) {
    yield* singleton.current.write(object);
  },
  *dying() {},
  *getInstance(singleton) {
    return yield* singleton.read();
  },
  *giveBack() {},
  *inspect({ qom }, klass) {
    return yield* temporary(qom, klass);
  },
  *activate() {
    return undefined;
  },
  *activationFailed() {},
  *deactivate() {},
};
