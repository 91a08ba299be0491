import {
  addChild,
  addProperty,
  allowAlways,
  type LinkTarget,
  linkProperty,
  Machine,
  objectGetContainer,
  objectGetRoot,
  objectNew,
  parseProperty,
  type QomObject,
  type TypeInfo,
  unparent,
  unreference,
} from '../../models/index.js';
import { finalizedAtQuiescence } from '../../properties/index.js';
import type { Routine, Sim } from '../../src/index.js';
import type { Bug } from '../historic.js';

/** Upstream: hw/virtio/virtio-rng.c, with a link to its backend. */
const rngType: TypeInfo<{ readonly backend: LinkTarget }> = {
  name: 'rng',
  parent: 'object',
  fields: (block) => ({ backend: block.plain<QomObject | undefined>('backend', undefined) }),
};

const backendType: TypeInfo = { name: 'rng-backend', parent: 'object' };

/** The link of a device to its backend, which takes a reference, and gives it back when it is released or does not. */
function* addBackendLink(rng: QomObject, releases: boolean): Routine {
  const { release, ...link } = linkProperty(
    'rng',
    backendType.name,
    (object) => object.as(rngType).backend,
    { strong: true, check: allowAlways },
  );
  yield* addProperty(rng, { ...link, ...(releases && release && { release }) });
}

function* make({ qom }: Machine, releases: boolean): Routine {
  const objects = yield* objectGetContainer(qom, 'objects');
  const backend = yield* objectNew(qom, backendType.name);
  yield* addChild(objects, 'rng0', backend);
  yield* unreference(backend);
  const rng = yield* objectNew(qom, rngType.name);
  yield* addBackendLink(rng, releases);
  yield* parseProperty(rng, 'rng', '/objects/rng0');
  // The device is unplugged, then object-del of its backend.
  yield* unreference(rng);
  yield* unparent(backend);
}

function unplugWithLink(releases: boolean) {
  return (sim: Sim): void => {
    const machine = new Machine(sim);
    const { qom } = machine;
    qom.types.register(rngType);
    qom.types.register(backendType);
    finalizedAtQuiescence(sim, { qom, type: backendType.name });
    machine.start({
      *boot() {
        yield* objectGetRoot(qom);
      },
      commands: [{ execute: () => make(machine, releases) }],
    });
  };
}

/** A link takes a reference on what it is set to, and its property is released without giving it back. */
export const linkKeepsTarget: Bug = {
  name: 'link-keeps-target',
  title: 'qom: reference of a link that is released',
  description: 'a device with a link to a backend is unplugged, then the backend deleted',
  commit: '9561fda8d9',
  before: unplugWithLink(false),
  after: unplugWithLink(true),
};
