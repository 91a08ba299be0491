import type { SingletonDesign } from '../../qom/singleton.js';
import { noSingletons } from '../singleton/none.js';

/**
 * Against Q6: introspection makes no object, and lists what the class has. For the types that say that this is how they are to be looked
 * at, which is what the interface of singletons is for here.
 */
export const staticProperties: SingletonDesign = {
  ...noSingletons,
  name: 'static-properties',
  *inspect() {
    return 'class';
  },
};
