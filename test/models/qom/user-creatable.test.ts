import { describe, expect, it } from 'vitest';
import {
  addLink,
  allowAlways,
  objectGetContainer,
  objectNew,
  type PropertyInfo,
  parseProperty,
  type QDict,
  QemuError,
  QObjectInput,
  type Qom,
  type QomObject,
  qmpObjectAdd,
  qmpQomGet,
  qmpQomList,
  sizeShape,
  stringShape,
  type TypeInfo,
  userCreatableAddType,
  userCreatableDel,
  valueProperty,
} from '../../../models/index.js';
import type { Plain, Routine } from '../../../src/index.js';
import { resultOf } from './support.js';

const backend: TypeInfo = {
  name: 'rng-backend',
  parent: 'object',
  abstract: true,
  interfaces: ['user-creatable'],
};

const rng: TypeInfo<Plain<string>> = {
  name: 'rng-random',
  parent: 'rng-backend',
  fields: (block) => block.plain('filename', '/dev/urandom'),
  classProperties: [
    valueProperty<string>({
      name: 'filename',
      type: 'string',
      visit: stringShape,
      read: (object) => textOf(object),
      *write(object, value) {
        yield* object.as(rng).write(value);
      },
    }),
  ],
  *complete(object) {
    const filename = yield* textOf(object);
    if (filename.startsWith('/dev/')) return undefined;
    return new QemuError(`Could not open '${filename}': No such file or directory`);
  },
};

function* textOf(object: QomObject): Routine<string> {
  return yield* object.as(rng).read();
}

/** A memory backend, which refuses to go while it is mapped. */
const memory: TypeInfo<{ size: Plain<number>; mapped: Plain<boolean> }> = {
  name: 'memory-backend-ram',
  parent: 'object',
  interfaces: ['user-creatable'],
  fields: (block) => ({ size: block.plain('size', 0), mapped: block.plain('mapped', false) }),
  classProperties: [
    valueProperty<number>({
      name: 'size',
      type: 'int',
      visit: sizeShape,
      *read(object) {
        return yield* object.as(memory).size.read();
      },
      *write(object, value) {
        yield* object.as(memory).size.write(value);
      },
    }),
  ],
  *canBeDeleted(object) {
    return !(yield* object.as(memory).mapped.read());
  },
};

const other: TypeInfo<Plain<QomObject | undefined>> = {
  name: 'device',
  parent: 'object',
  fields: (block) => block.plain<QomObject | undefined>('rng', undefined),
};

const types = [backend, rng, memory, other];

/** What commands answer: an error's text, or nothing. */
function answers(commands: readonly QDict[]): (string | undefined)[] {
  return resultOf(types, function* (qom) {
    const said: (string | undefined)[] = [];
    for (const command of commands) said.push((yield* qmpObjectAdd(qom, command))?.desc);
    return said;
  });
}

const random = { 'qom-type': 'rng-random', filename: '/dev/urandom' };

describe('object-add', () => {
  it('should answer what QEMU answers', () => {
    const said = answers([
      { ...random, id: 'rng0' },
      { ...random, id: 'rng0' },
      { ...random, id: '9bad' },
      { ...random, id: 'rngbad', filename: '/nonexistent' },
      { 'qom-type': 'rng-backend', id: 'r2' },
      { 'qom-type': 'migration', id: 'r2' },
      { 'qom-type': 'container', id: 'r2' },
      { id: 'r2' },
      { 'qom-type': 3, id: 'r2' },
      { ...random },
      { ...random, id: 'r2', nope: 1 },
      { ...random, id: 'r2', filename: true },
      { 'qom-type': 'memory-backend-ram', id: 'm0', size: '1G' },
      { 'qom-type': 'memory-backend-ram', id: 'm0', size: 4096 },
    ]);
    expect(said).toEqual([
      undefined,
      "attempt to add duplicate property 'rng0' to object (type 'container')",
      "Parameter 'id' expects an identifier",
      "Could not open '/nonexistent': No such file or directory",
      "Parameter 'qom-type' does not accept value 'rng-backend'",
      "Parameter 'qom-type' does not accept value 'migration'",
      "Parameter 'qom-type' does not accept value 'container'",
      "Parameter 'qom-type' is missing",
      "Invalid parameter type for 'qom-type', expected: string",
      "Parameter 'id' is missing",
      "Parameter 'nope' is unexpected",
      "Invalid parameter type for 'filename', expected: string",
      "Parameter 'size' expects uint64",
      undefined,
    ]);
  });

  it('should leave nothing behind of an object that fails, and one reference on one that does not', () => {
    const [names, count] = resultOf(types, function* (qom, sim) {
      yield* qmpObjectAdd(qom, { ...random, id: 'bad', filename: '/nonexistent' });
      yield* qmpObjectAdd(qom, { ...random, id: 'good' });
      const [child] = yield* (yield* objectGetContainer(qom, 'objects')).properties.read();
      const references = yield* sim.step('look', () => child?.child?.ref.peek());
      const listed = yield* qmpQomList(qom, '/objects');
      return [(listed as readonly PropertyInfo[]).map(({ name }) => name), references] as const;
    });
    expect(names).toEqual(['good', 'type']);
    expect(count).toBe(1);
  });

  it('should check in order below the schema', () => {
    const said = resultOf(types, function* (qom) {
      const add = function* (type: string, id: string, options: QDict): Routine<unknown> {
        const visitor = new QObjectInput(options);
        visitor.startStruct(undefined);
        const added = yield* userCreatableAddType(qom, type, id, Object.keys(options), visitor);
        return added instanceof QemuError ? added.desc : added.name;
      };
      return [
        yield* add('nosuch', '1', {}),
        yield* add('nosuch', 'a', {}),
        yield* add('container', 'a', {}),
        yield* add('rng-backend', 'a', {}),
        yield* add('rng-random', 'a', { nope: 1 }),
        yield* add('rng-random', 'a', {}),
      ];
    });
    expect(said).toEqual([
      "Parameter 'id' expects an identifier",
      'invalid object type: nosuch',
      "object type 'container' isn't supported by object-add",
      "object type 'rng-backend' is abstract",
      "Property 'rng-random.nope' not found",
      'a',
    ]);
  });
});

describe('object-del', () => {
  it('should refuse what is unknown, and what its class says is in use', () => {
    const said = resultOf(types, function* (qom) {
      yield* qmpObjectAdd(qom, { 'qom-type': 'memory-backend-ram', id: 'mem0', size: 1 });
      const [entry] = yield* (yield* objectGetContainer(qom, 'objects')).properties.read();
      const mem = entry?.child?.as(memory);
      yield* mem?.mapped.write(true) ?? [];
      const first = [yield* del(qom, 'nope'), yield* del(qom, 'mem0')];
      yield* mem?.mapped.write(false) ?? [];
      return [...first, yield* del(qom, 'mem0'), yield* del(qom, 'mem0')];
    });
    expect(said).toEqual([
      "object 'nope' not found",
      "object 'mem0' is in use, can not be deleted",
      undefined,
      "object 'mem0' not found",
    ]);
  });

  it('should take an object away from under a strong link, which then reads as nothing for good', () => {
    const seen = resultOf(types, function* (qom) {
      yield* qmpObjectAdd(qom, { ...random, id: 'rng0' });
      const device = yield* objectNew(qom, 'device');
      const check = allowAlways;
      yield* addLink(device, 'rng', 'rng-backend', device.as(other), { strong: true, check });
      yield* parseProperty(device, 'rng', '/objects/rng0');
      const target = yield* device.as(other).read();
      const before = yield* qmpQomGet(qom, '/objects/rng0', 'filename');
      yield* del(qom, 'rng0');
      const gone = yield* qmpQomGet(qom, '/objects/rng0', 'filename');
      yield* qmpObjectAdd(qom, { ...random, id: 'rng0' });
      const still = yield* device.as(other).read();
      return [before, gone, still === target, yield* target?.parent.read() ?? []];
    });
    const gone = new QemuError("Device '/objects/rng0' not found", 'DeviceNotFound');
    expect(seen).toEqual(['/dev/urandom', gone, true, undefined]);
  });
});

function* del(qom: Qom, id: string): Routine<string | undefined> {
  return (yield* userCreatableDel(qom, id))?.desc;
}
