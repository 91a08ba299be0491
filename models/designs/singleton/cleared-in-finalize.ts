import type { SingletonDesign } from '../../qom/singleton.js';
import { noSingletons } from './none.js';

/**
 * G8. instance_finalize resets the pointer, and nothing says that there is only one instance. Argued by Peter Xu in October 2024 and
 * withdrawn: the first temporary instance to go takes the pointer along.
 */
export const clearedInFinalize: SingletonDesign = {
  ...noSingletons,
  name: 'cleared-in-finalize',
  *dying(singleton) {
    yield* singleton.current.write(undefined);
  },
};
