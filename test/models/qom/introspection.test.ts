import { describe, expect, it } from 'vitest';
import {
  addChild,
  addProperty,
  createMachine,
  objectGetRoot,
  objectNew,
  QemuError,
  type Qom,
  qmpDeviceListProperties,
  qmpQomGet,
  qmpQomList,
  qmpQomListProperties,
  qmpQomSet,
  type TypeInfo,
} from '../../../models/index.js';
import type { Routine } from '../../../src/index.js';
import { mortal, noting, resultOf, wrongAlone } from './support.js';

const machine: TypeInfo = { name: 'pc-machine', parent: 'object' };
const device: TypeInfo = {
  name: 'device',
  parent: 'object',
  abstract: true,
  classProperties: [
    { name: 'realized', type: 'bool' },
    { name: 'parent_bus', type: 'link<bus>' },
  ],
};
const nic: TypeInfo = {
  name: 'nic',
  parent: 'device',
  classProperties: [{ name: 'mac', type: 'str', defaultValue: '52:54:00' }],
  *instanceInit(object) {
    yield* addProperty(object, { name: 'bootindex', type: 'int32' });
    yield* addProperty(object, { name: 'legacy-mac', type: 'str' });
  },
};
const types = [machine, device, nic];

/** The names of what a command lists, or its error. */
function listed(
  list: (qom: Qom, type: string) => Routine<readonly { name: string }[] | QemuError>,
  typeNames: readonly string[],
): (readonly string[] | QemuError)[] {
  return resultOf(types, function* (qom) {
    const all: (readonly string[] | QemuError)[] = [];
    for (const type of typeNames) {
      const answer = yield* list(qom, type);
      all.push(answer instanceof QemuError ? answer : answer.map(({ name }) => name));
    }
    return all;
  });
}

describe('qom-list-properties', () => {
  it('should list the properties of a temporary object, or of an abstract class', () => {
    expect(listed(qmpQomListProperties, ['nic', 'device', 'object', 'container'])).toEqual([
      ['bootindex', 'legacy-mac', 'mac', 'realized', 'parent_bus', 'type'],
      ['realized', 'parent_bus', 'type'],
      ['type'],
      ['type'],
    ]);
  });

  it('should refuse what is unknown or no object', () => {
    const noObject = new QemuError("Parameter 'typename' expects a QOM type");
    expect(listed(qmpQomListProperties, ['nosuchtype', 'interface', 'user-creatable'])).toEqual([
      new QemuError("Class 'nosuchtype' not found", 'DeviceNotFound'),
      noObject,
      noObject,
    ]);
  });

  it('should leave no trace of the temporary object', () => {
    const log: string[] = [];
    resultOf([mortal('rng', log, { classProperties: [noting('seed', log)] })], function* (qom) {
      log.length = 0;
      yield* qmpQomListProperties(qom, 'rng');
    });
    expect(log).toEqual(['seed', 'temporary rng']);
  });

  it('should find types whose instances cannot go again', () => {
    const broken: TypeInfo = {
      name: 'net-listener',
      parent: 'object',
      *instanceFinalize(object) {
        object.qom.sim.fail('qio_net_listener_finalize: destroys a mutex nobody has initialised');
      },
    };
    const wrong = wrongAlone([broken], function* (qom) {
      yield* qmpQomListProperties(qom, 'net-listener');
    });
    expect(wrong).toEqual([
      'assertion: qio_net_listener_finalize: destroys a mutex nobody has initialised',
    ]);
  });
});

describe('device-list-properties', () => {
  it('should leave out what every device has', () => {
    expect(listed(qmpDeviceListProperties, ['nic'])).toEqual([['bootindex', 'mac']]);
  });

  it('should refuse what is unknown, abstract or no device', () => {
    const noDevice = new QemuError("Parameter 'typename' expects a non-abstract device type");
    expect(listed(qmpDeviceListProperties, ['nosuchtype', 'device', 'container'])).toEqual([
      new QemuError("Device 'nosuchtype' not found", 'DeviceNotFound'),
      noDevice,
      noDevice,
    ]);
  });
});

describe('qom-list, qom-get and qom-set', () => {
  it('should answer what QEMU answers', () => {
    const said = resultOf(types, function* (qom) {
      yield* createMachine(qom, 'pc-machine');
      yield* addChild(yield* objectGetRoot(qom), 'spare', yield* objectNew(qom, 'nic'));
      return [
        yield* qmpQomList(qom, '/objects'),
        yield* qmpQomList(qom, ''),
        yield* qmpQomList(qom, '/machine/q35'),
        yield* qmpQomGet(qom, '', 'type'),
        yield* qmpQomGet(qom, '/', 'type'),
        yield* qmpQomGet(qom, '/', 'objects'),
        yield* qmpQomGet(qom, 'peripheral', 'type'),
        yield* qmpQomGet(qom, '//machine/', 'type'),
        yield* qmpQomGet(qom, '/machine', 'nope'),
        yield* qmpQomGet(qom, '/spare', 'mac'),
        yield* qmpQomSet(qom, '/machine', 'type', 1),
        yield* qmpQomSet(qom, '/', 'objects', ''),
        yield* qmpQomSet(qom, '/nowhere', 'type', 1),
      ];
    });
    expect(said).toEqual([
      [{ name: 'type', type: 'string' }],
      new QemuError("Path '' is ambiguous"),
      new QemuError("Device '/machine/q35' not found", 'DeviceNotFound'),
      new QemuError("Device '' not found", 'DeviceNotFound'),
      'container',
      '/objects',
      'container',
      'pc-machine',
      new QemuError("Property 'pc-machine.nope' not found"),
      new QemuError("Property 'nic.mac' is not readable"),
      new QemuError("Property 'pc-machine.type' is not writable"),
      new QemuError("Property 'container.objects' is not writable"),
      new QemuError("Device '/nowhere' not found", 'DeviceNotFound'),
    ]);
  });
});
