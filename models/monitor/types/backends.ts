import type { Block, Plain } from '../../../src/index.js';
import { QemuError } from '../../qom/error.js';
import { valueProperty } from '../../qom/property-access.js';
import type { TypeInfo } from '../../qom/type-info.js';

interface RngRandom {
  readonly filename: Plain<string>;
}

/** Where random numbers can be had. What else there is of files is left out. */
const randomFiles = ['/dev/urandom', '/dev/random'];

/** Upstream: backends/rng.c. */
const rngBackendType: TypeInfo = {
  name: 'rng-backend',
  parent: 'object',
  abstract: true,
  interfaces: ['user-creatable'],
};

/** A source of random numbers that reads a file. Upstream: backends/rng-random.c:rng_random_opened. */
const rngRandomType: TypeInfo<RngRandom> = {
  name: 'rng-random',
  parent: rngBackendType.name,
  fields: (block) => ({ filename: block.plain('filename', '/dev/urandom') }),
  classProperties: [
    valueProperty({
      name: 'filename',
      type: 'string',
      visit: (visitor, name, value: string) => visitor.str(name, value),
      *read(object) {
        return yield* object.as(rngRandomType).filename.read();
      },
      *write(object, filename) {
        yield* object.as(rngRandomType).filename.write(filename);
      },
    }),
  ],
  *complete(object) {
    const filename = yield* object.as(rngRandomType).filename.read();
    if (randomFiles.includes(filename)) return undefined;
    return new QemuError(`Could not open '${filename}': No such file or directory`);
  },
};

/** A thread with an event loop; the thread itself has no part here. Upstream: iothread.c. */
const ioThreadType: TypeInfo = {
  name: 'iothread',
  parent: 'object',
  interfaces: ['user-creatable'],
};

interface Listener {
  /** Whether the mutex was initialised. */
  readonly mutex: Plain<boolean>;
}

/**
 * A listener whose mutex only its constructor function makes, and its instance_finalize destroys: an object that was made by its type
 * alone, as introspection does, is an abort.
 *
 * Upstream: io/net-listener.c:qio_net_listener_new, qio_net_listener_finalize.
 */
const listenerType: TypeInfo<Listener> = {
  name: 'qio-net-listener',
  parent: 'object',
  fields: (block: Block) => ({ mutex: block.plain('mutex initialised', false) }),
  *instanceFinalize(listener) {
    const initialised = yield* listener.as(listenerType).mutex.read();
    listener.qom.sim.assert(initialised, 'qemu_mutex_destroy: a mutex that was never initialised');
  },
};

/** The same before it had a mutex. */
const plainListenerType: TypeInfo = { name: listenerType.name, parent: 'object' };

/** The types of objects that users make, and of one that they should not. */
export function backendTypes(listenerMutex: boolean): readonly TypeInfo[] {
  const listener = listenerMutex ? listenerType : plainListenerType;
  return [rngBackendType, rngRandomType, ioThreadType, listener];
}
