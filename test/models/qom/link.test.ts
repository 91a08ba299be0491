import { describe, expect, it } from 'vitest';
import {
  addAlias,
  addChild,
  addConstLink,
  addLink,
  allowAlways,
  failed,
  linkProperty,
  objectGetContainer,
  objectGetRoot,
  objectNew,
  parseProperty,
  QemuError,
  type Qom,
  type QomObject,
  reference,
  resolvePath,
  type TypeInfo,
  unparent,
  unreference,
} from '../../../models/index.js';
import type { Plain, Routine } from '../../../src/index.js';
import { readString } from './read-string.js';
import { mortal, resultOf, wrongAlone } from './support.js';

const user: TypeInfo<Plain<QomObject | undefined>> = {
  name: 'user',
  parent: 'object',
  fields: (block) => block.plain<QomObject | undefined>('rng', undefined),
};

/** A user with a link, and two generators in the tree, `/objects/a` and `/objects/b`, which hold the only references on them. */
function* world(qom: Qom, strong: boolean): Routine<QomObject> {
  const objects = yield* objectGetContainer(qom, 'objects');
  for (const name of ['a', 'b']) {
    const rng = yield* objectNew(qom, 'rng', name);
    yield* addChild(objects, name, rng);
    yield* unreference(rng);
  }
  const holder = yield* objectNew(qom, 'user');
  yield* addLink(holder, 'rng', 'rng', holder.as(user), { strong, check: allowAlways });
  return holder;
}

function* remove(qom: Qom, path: string): Routine {
  const object = yield* resolvePath(qom, path);
  if (typeof object === 'object') yield* unparent(object);
}

describe('links', () => {
  it('should keep their target alive if they are strong, and read as nothing when it left the tree', () => {
    const log: string[] = [];
    const seen = resultOf([user, mortal('rng', log)], function* (qom) {
      log.length = 0;
      const holder = yield* world(qom, true);
      yield* parseProperty(holder, 'rng', '/objects/a');
      const before = yield* readString(holder, 'rng');
      yield* remove(qom, '/objects/a');
      const after = yield* readString(holder, 'rng');
      log.push('now another');
      yield* parseProperty(holder, 'rng', '/objects/b');
      yield* remove(qom, '/objects/b');
      log.push('now the holder');
      yield* unreference(holder);
      return [before, after];
    });
    expect(seen).toEqual(['/objects/a', '']);
    expect(log).toEqual(['now another', 'a', 'now the holder', 'b']);
  });

  it('should dangle if they are not strong', () => {
    const wrong = wrongAlone([user, mortal('rng', [])], function* (qom) {
      const holder = yield* world(qom, false);
      yield* parseProperty(holder, 'rng', '/objects/a');
      yield* remove(qom, '/objects/a');
      yield* readString(holder, 'rng');
    });
    expect(wrong).toEqual(['use-after-free: a']);
  });

  it('should take over the reference of a target that was set before', () => {
    const construct = (referenced: boolean) =>
      wrongAlone([user, mortal('rng', [])], function* (qom) {
        const holder = yield* objectNew(qom, 'user');
        const target = yield* objectNew(qom, 'rng');
        yield* addChild(yield* objectGetRoot(qom), 'rng', target);
        yield* unreference(target);
        yield* holder.as(user).write(target);
        if (referenced) yield* reference(target);
        yield* addLink(holder, 'rng', 'rng', holder.as(user), { strong: true });
        yield* unreference(holder);
        yield* unparent(target);
      });
    expect(construct(true)).toEqual([]);
    expect(construct(false)).toEqual(['assertion: object_finalize: rng still has a parent']);
  });

  it('should be released with the class if the class has them', () => {
    const log: string[] = [];
    const classUser: TypeInfo = {
      ...user,
      classProperties: [
        linkProperty('rng', 'rng', (object) => object.as(user), {
          strong: true,
          check: allowAlways,
        }),
      ],
    };
    resultOf([classUser, mortal('rng', log)], function* (qom) {
      log.length = 0;
      const holder = yield* objectNew(qom, 'user');
      const objects = yield* objectGetContainer(qom, 'objects');
      const rng = yield* objectNew(qom, 'rng', 'a');
      yield* addChild(objects, 'a', rng);
      yield* parseProperty(holder, 'rng', 'a');
      yield* unparent(rng);
      yield* unreference(rng);
      log.push('now the holder');
      yield* unreference(holder);
    });
    expect(log).toEqual(['now the holder', 'a']);
  });

  it('should say what is wrong with a target', () => {
    const errors = resultOf([user, mortal('rng', [])], function* (qom) {
      const holder = yield* world(qom, true);
      const second = yield* objectNew(qom, 'rng', 'another a');
      yield* addChild(yield* objectGetContainer(qom, 'backend'), 'a', second);
      const said: unknown[] = [];
      for (const path of ['/nowhere', '/objects', 'a', '']) {
        said.push(yield* parseProperty(holder, 'rng', path));
      }
      yield* addConstLink(holder, 'fixed', second);
      said.push(yield* parseProperty(holder, 'fixed', '/objects/a'));
      said.push(yield* readString(holder, 'fixed'));
      return said;
    });
    expect(errors).toEqual([
      new QemuError("Device '/nowhere' not found", 'DeviceNotFound'),
      new QemuError("Invalid parameter type for 'rng', expected: rng"),
      new QemuError("Path 'a' does not uniquely identify an object"),
      undefined,
      new QemuError("Property 'user.fixed' is not writable"),
      '/backend/a',
    ]);
  });
});

describe('aliases', () => {
  it('should stand for a property of another object, and show a child as a link', () => {
    const seen = resultOf([user, mortal('rng', [])], function* (qom) {
      const holder = yield* world(qom, true);
      const proxy = yield* objectNew(qom, 'user', 'proxy');
      yield* addAlias(proxy, 'source', holder, 'rng');
      yield* parseProperty(proxy, 'source', '/objects/b');
      const root = yield* objectGetRoot(qom);
      yield* addAlias(proxy, 'tree', root, 'objects');
      const entry = (yield* proxy.properties.read()).find(({ name }) => name === 'tree');
      return [yield* readString(holder, 'rng'), yield* readString(proxy, 'tree'), entry?.type];
    });
    expect(seen).toEqual(['/objects/b', '/objects', 'link<container>']);
  });

  it('should dangle when the object goes before them', () => {
    const wrong = wrongAlone([user, mortal('rng', [])], function* (qom) {
      const holder = yield* world(qom, true);
      const proxy = yield* objectNew(qom, 'user', 'proxy');
      yield* addAlias(proxy, 'source', holder, 'rng');
      yield* unreference(holder);
      const error = yield* parseProperty(proxy, 'source', '/objects/a');
      qom.sim.assert(!failed(error), 'an error instead');
    });
    expect(wrong).toEqual(['use-after-free: user.properties']);
  });

  it('should abort without the property', () => {
    const wrong = wrongAlone([user], function* (qom) {
      const object = yield* objectNew(qom, 'user');
      yield* addAlias(object, 'alias', object, 'nothing');
    });
    expect(wrong).toEqual(['assertion: object_property_add_alias: user.nothing does not exist']);
  });
});
