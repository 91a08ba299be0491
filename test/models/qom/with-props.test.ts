import { describe, expect, it } from 'vitest';
import {
  failed,
  initializeChild,
  initializeChildWithProps,
  objectGetContainer,
  objectNew,
  objectNewWithProps,
  QemuError,
  type Qom,
  type QomObject,
  type TypeInfo,
  unreference,
  valueProperty,
} from '../../../models/index.js';
import type { Block, Routine } from '../../../src/index.js';
import { resultOf, wrongAlone } from './support.js';

/** A random generator that opens its file when it is completed. */
function rng(log: string[] = []): TypeInfo<{ filename: { value: string } }> {
  const info: TypeInfo<{ filename: { value: string } }> = {
    name: 'rng-random',
    parent: 'object',
    interfaces: ['user-creatable'],
    fields: () => ({ filename: { value: '/dev/urandom' } }),
    classProperties: [
      valueProperty<string>({
        name: 'filename',
        type: 'string',
        visit: (visitor, name, value) => visitor.str(name, value),
        *read(object) {
          return object.as(info).filename.value;
        },
        *write(object, value) {
          object.as(info).filename.value = value;
        },
      }),
    ],
    *complete(object) {
      const parent = yield* object.parent.read();
      log.push(`completed in ${parent?.name ?? 'nothing'}`);
      const { value } = object.as(info).filename;
      return value.startsWith('/dev/') ? undefined : new QemuError(`Could not open '${value}'`);
    },
    *instanceFinalize(object) {
      log.push(`${object.name} finalized`);
    },
  };
  return info;
}

const base: TypeInfo = { name: 'rng-backend', parent: 'object', abstract: true };

/** A device with a generator in it. */
const device: TypeInfo<Block> = {
  name: 'device',
  parent: 'object',
  fields: (block) => block.embed('rng'),
};

function* inObjects(qom: Qom, type: string, filename: string): Routine<QomObject | QemuError> {
  const objects = yield* objectGetContainer(qom, 'objects');
  return yield* objectNewWithProps(qom, type, objects, 'rng0', { filename });
}

describe('object_new_with_props', () => {
  it('should set properties, add the child, complete it, and lend it', () => {
    const log: string[] = [];
    const count = resultOf([rng(log)], function* (qom, sim) {
      log.length = 0;
      const made = yield* inObjects(qom, 'rng-random', '/dev/random');
      if (failed(made)) return made;
      return yield* sim.step('look', () => made.ref.peek());
    });
    expect(count).toBe(1);
    expect(log).toEqual(['completed in objects']);
  });

  it('should report unknown and abstract types, wrong properties and failed completion', () => {
    const log: string[] = [];
    const said = resultOf([rng(log), base], function* (qom) {
      log.length = 0;
      const objects = yield* objectGetContainer(qom, 'objects');
      const errors: unknown[] = [];
      for (const type of ['nosuch', 'rng-backend']) {
        errors.push(yield* inObjects(qom, type, '/dev/random'));
      }
      errors.push(yield* objectNewWithProps(qom, 'rng-random', objects, 'a', { nope: '' }));
      errors.push(yield* inObjects(qom, 'rng-random', '/nonexistent'));
      errors.push((yield* objects.properties.read()).length);
      return errors;
    });
    expect(said).toEqual([
      new QemuError('invalid object type: nosuch'),
      new QemuError("object type 'rng-backend' is abstract"),
      new QemuError("Property 'rng-random.nope' not found"),
      new QemuError("Could not open '/nonexistent'"),
      0,
    ]);
    expect(log).toEqual(['a finalized', 'completed in objects', 'rng0 finalized']);
  });
});

describe('object_initialize_child', () => {
  it('should leave one reference, or an object that is finalized after an error', () => {
    const log: string[] = [];
    const counts = resultOf([rng(log), device], function* (qom, sim) {
      log.length = 0;
      const left: number[] = [];
      for (const filename of ['/dev/random', '/nonexistent']) {
        const owner = yield* objectNew(qom, 'device');
        const memory = owner.as(device);
        yield* initializeChildWithProps(owner, 'rng', memory, 'rng-random', { filename });
        left.push((yield* owner.properties.read()).length);
        log.push('now the owner');
        yield* unreference(owner);
      }
      yield* sim.pause();
      return left;
    });
    expect(counts).toEqual([1, 0]);
    const finalized = 'device.rng finalized';
    const good = ['completed in device', 'now the owner', finalized];
    expect(log).toEqual([...good, 'completed in device', finalized, 'now the owner']);
  });

  it('should abort on an error without properties', () => {
    const broken: TypeInfo = {
      ...rng(),
      *complete() {
        return new QemuError('no entropy');
      },
    };
    const wrong = wrongAlone([broken, device], function* (qom) {
      const owner = yield* objectNew(qom, 'device');
      yield* initializeChild(owner, 'rng', owner.as(device), 'rng-random');
    });
    expect(wrong).toEqual(['assertion: object_initialize_child: no entropy']);
  });
});
