import { describe, expect, it } from 'vitest';
import {
  addProperty,
  classIsA,
  objectNew,
  type TypeInfo,
  unreference,
} from '../../../models/index.js';
import type { Routine } from '../../../src/index.js';
import { noting, resultOf, wrongAlone } from './support.js';

const hotplug: TypeInfo = { name: 'hotplug-handler', parent: 'interface', abstract: true };
const resettable: TypeInfo = { name: 'resettable', parent: 'interface', abstract: true };
const better: TypeInfo = { name: 'better-handler', parent: 'hotplug-handler', abstract: true };
const bridge: TypeInfo = {
  name: 'bridge',
  parent: 'object',
  interfaces: ['hotplug-handler', 'resettable'],
};

/** What a hook appends to a log. */
function hooks(log: string[]) {
  return (name: string) => ({
    *classBaseInit(klass: { type: string }): Routine {
      log.push(`${name} base-init of ${klass.type}`);
    },
    *classInit(klass: { type: string }): Routine {
      log.push(`${name} init of ${klass.type}`);
    },
  });
}

describe('type_initialize', () => {
  it('should make a class for each pair of a type and an interface, inherited ones first', () => {
    const port: TypeInfo = { name: 'port', parent: 'bridge', interfaces: ['user-creatable'] };
    const made = resultOf([hotplug, resettable, bridge, port], function* (qom) {
      const { interfaces } = yield* qom.types.initialize('port');
      return interfaces.map(({ type, parent }) => `${type} < ${parent?.type ?? 'nothing'}`);
    });
    expect(made).toEqual([
      'port::hotplug-handler < bridge::hotplug-handler',
      'port::resettable < bridge::resettable',
      'port::user-creatable < user-creatable',
    ]);
  });

  it('should skip an interface that is there already, itself or as a descendant', () => {
    const twice: TypeInfo = { name: 'twice', parent: 'bridge', interfaces: ['resettable'] };
    const special: TypeInfo = {
      name: 'special',
      parent: 'object',
      interfaces: ['better-handler', 'hotplug-handler'],
    };
    const made = resultOf([hotplug, resettable, better, bridge, twice, special], function* (qom) {
      const names: string[][] = [];
      for (const type of ['twice', 'special']) {
        const { interfaces } = yield* qom.types.initialize(type);
        names.push(interfaces.map(({ interfaceType }) => interfaceType));
      }
      return names;
    });
    expect(made).toEqual([['hotplug-handler', 'resettable'], ['better-handler']]);
  });

  it('should let a class be cast to its ancestors, its interfaces and theirs', () => {
    const special: TypeInfo = { name: 'special', parent: 'object', interfaces: ['better-handler'] };
    const casts = resultOf([hotplug, resettable, better, special], function* (qom) {
      const klass = yield* qom.types.initialize('special');
      const types = ['special', 'object', 'hotplug-handler', 'interface', 'resettable'];
      return types.filter((type) => classIsA(klass, type));
    });
    expect(casts).toEqual(['special', 'object', 'hotplug-handler', 'interface']);
  });

  it('should call base-init of the ancestors, the nearest first, then the own init', () => {
    const log: string[] = [];
    const hook = hooks(log);
    const types: TypeInfo[] = [
      { name: 'bus', parent: 'object', ...hook('bus') },
      { name: 'scsi', parent: 'bus', ...hook('scsi') },
      { name: 'esp', parent: 'scsi', ...hook('esp') },
    ];
    resultOf(types, function* (qom) {
      log.length = 0;
      yield* qom.types.initialize('esp');
    });
    expect(log).toEqual([
      'bus init of bus',
      'bus base-init of scsi',
      'scsi init of scsi',
      'scsi base-init of esp',
      'bus base-init of esp',
      'esp init of esp',
    ]);
  });

  it('should abort without the parent or an interface of a type', () => {
    const initialize = (info: TypeInfo) =>
      wrongAlone([info], function* (qom) {
        yield* qom.types.initialize(info.name);
      });
    expect(initialize({ name: 'orphan', parent: 'gone' })).toEqual([
      'assertion: type_get_parent: type "orphan" is missing its parent "gone"',
    ]);
    expect(initialize({ name: 'bare', parent: 'object', interfaces: ['gone'] })).toEqual([
      'assertion: type_initialize: missing interface "gone" for "bare"',
    ]);
  });

  it('should abort for an interface with something of an instance, and for an instance of one', () => {
    const fat: TypeInfo = { name: 'fat', parent: 'interface', *instanceInit() {} };
    expect(
      wrongAlone([fat], function* (qom) {
        yield* qom.types.initialize('fat');
      }),
    ).toEqual(['assertion: type_initialize: the interface "fat" has something of an instance']);
    expect(
      wrongAlone([{ name: 'thin', parent: 'interface' }], function* (qom) {
        yield* objectNew(qom, 'thin');
      }),
    ).toEqual(['assertion: object_initialize_with_type: an instance of the abstract type "thin"']);
  });

  it('should refuse illegal names', () => {
    expect(wrongAlone([{ name: '0day', parent: 'object' }], function* () {})).toEqual([
      'assertion: type_register_internal: registering "0day" with an illegal name',
    ]);
    expect(wrongAlone([{ name: 'power5+', parent: 'object' }], function* () {})).toEqual([]);
  });
});

describe('object_class_foreach', () => {
  it('should visit the classes that implement a type, abstract ones if asked', () => {
    const root: TypeInfo = { name: 'root-bridge', parent: 'bridge', abstract: true };
    const visited = resultOf([hotplug, resettable, bridge, root], function* (qom) {
      const seen: string[] = [];
      function* note(klass: { type: string }): Routine {
        seen.push(klass.type);
      }
      yield* qom.types.forEachClass(note, { implementing: 'resettable', abstract: false });
      seen.push('and');
      yield* qom.types.forEachClass(note, { implementing: 'bridge' });
      return seen;
    });
    expect(visited).toEqual(['bridge', 'and', 'bridge', 'root-bridge']);
  });

  it('should abort when a module is loaded meanwhile, and see its types after it was', () => {
    const setup = (during: boolean) =>
      wrongAlone([], function* (qom, sim) {
        qom.types.registerModule('qxl', [{ name: 'qxl', parent: 'object' }]);
        if (!during) yield* objectNew(qom, 'qxl');
        let seen = false;
        yield* qom.types.forEachClass(function* (klass) {
          seen ||= klass.type === 'qxl';
          if (during) yield* qom.types.classByName('qxl');
        });
        sim.assert(seen, 'not seen');
      });
    expect(setup(false)).toEqual([]);
    expect(setup(true)).toEqual([
      'assertion: type_table_add: a type is added while types are enumerated',
    ]);
  });
});

describe('class properties', () => {
  it('should give each instance its default before instance_init', () => {
    const log: string[] = [];
    const type: TypeInfo = {
      name: 'rng',
      parent: 'object',
      classProperties: [
        {
          name: 'max-bytes',
          type: 'int',
          *init(object) {
            log.push(`default of ${object.name}`);
          },
        },
      ],
      *instanceInit() {
        log.push('instance_init');
      },
    };
    resultOf([type], function* (qom) {
      log.length = 0;
      yield* objectNew(qom, 'rng', 'rng0');
    });
    expect(log).toEqual(['default of rng0', 'instance_init']);
  });

  it('should be released with every instance: after its own, the nearest class first', () => {
    const log: string[] = [];
    const types: TypeInfo[] = [
      { name: 'base', parent: 'object', classProperties: [noting('of base', log)] },
      { name: 'leaf', parent: 'base', classProperties: [noting('of leaf', log)] },
    ];
    resultOf(types, function* (qom) {
      log.length = 0;
      for (const name of ['first', 'second']) {
        const object = yield* objectNew(qom, 'leaf', name);
        yield* addProperty(object, noting(`of ${name}`, log));
        yield* unreference(object);
      }
    });
    expect(log).toEqual(['of first', 'of leaf', 'of base', 'of second', 'of leaf', 'of base']);
  });

  it('should take their names from the instances', () => {
    const clash = wrongAlone([bridge, hotplug, resettable], function* (qom) {
      yield* addProperty(yield* objectNew(qom, 'bridge'), { name: 'type', type: 'string' });
    });
    expect(clash).toEqual([
      "assertion: object_property_try_add: attempt to add duplicate property 'type' to object (type 'bridge')",
    ]);
  });
});
