import type { SingletonDesign } from '../../qom/singleton.js';
import { conflict } from './conflict.js';
import { setInInit } from './set-in-init.js';

/**
 * G2. The first version of the interface: get_instance without a reference; device_add asks before it makes an object, no other site
 * does; device-list-properties looks at the instance if there is one, qom-list-properties at the class alone. Argued by Peter Xu, "QOM:
 * Singleton interface" (20241024165627.1372621-1-peterx@redhat.com).
 */
export const firstVersion: SingletonDesign = {
  ...setInInit,
  name: 'first-version',
  *allow(singleton, site) {
    if (site.name !== 'device_add') return undefined;
    return (yield* singleton.read()) === undefined ? undefined : conflict(singleton);
  },
  *inspect(singleton, klass, site) {
    if (site.name === 'qom-list-properties') return 'class';
    return yield* setInInit.inspect(singleton, klass, site);
  },
};
