import { describe, expect, it } from 'vitest';
import {
  addChild,
  objectNew,
  Qom,
  type QomObject,
  reference,
  type TypeInfo,
  unreference,
} from '../../../models/index.js';
import type { Routine, Sim } from '../../../src/index.js';
import { exploreAll, wrongWith } from '../support.js';

const device: TypeInfo = { name: 'device', parent: 'object', abstract: true };
const nic: TypeInfo = { name: 'nic', parent: 'device' };

function tableOf(sim: Sim, ...infos: TypeInfo[]): Qom {
  const qom = new Qom(sim);
  for (const info of infos) qom.types.register(info);
  return qom;
}

/** A type that says when its hooks run. */
function noting(name: string, parent: string, log: string[]): TypeInfo {
  const note = (what: string) =>
    function* (): Routine {
      log.push(`${name} ${what}`);
    };
  return {
    name,
    parent,
    instanceInit: note('init'),
    instancePostInit: note('post-init'),
    instanceFinalize: note('finalize'),
  };
}

/** One thread that makes an object and does something with it. */
function withObject(use: (sim: Sim, object: QomObject) => Routine, info: TypeInfo = nic) {
  return (sim: Sim): void => {
    const qom = tableOf(sim, device, info);
    sim.thread('main', function* () {
      yield* use(sim, yield* objectNew(qom, info.name));
    });
  };
}

describe('object_new', () => {
  it('should initialise from the root and finalize from the type', () => {
    const log: string[] = [];
    const setup = (sim: Sim): void => {
      const qom = tableOf(sim, noting('a', 'object', log), noting('b', 'a', log));
      sim.thread('main', function* () {
        log.length = 0;
        yield* unreference(yield* objectNew(qom, 'b'));
      });
    };
    expect(wrongWith(setup)).toEqual([]);
    expect(log).toEqual([
      'a init',
      'b init',
      'a post-init',
      'b post-init',
      'b finalize',
      'a finalize',
    ]);
  });

  it('should begin with one reference, which the creator owns', () => {
    const check = withObject(function* (sim, object) {
      const count = yield* sim.step('look', () => object.ref.peek());
      sim.assert(count === 1, 'not one reference');
    });
    expect(wrongWith(check)).toEqual([]);
  });

  it('should refuse abstract and unknown types', () => {
    const make = (typeName: string) => (sim: Sim) => {
      const qom = tableOf(sim, device);
      sim.thread('main', function* () {
        yield* objectNew(qom, typeName);
      });
    };
    expect(wrongWith(make('device'))).toEqual([
      'assertion: object_initialize_with_type: an instance of the abstract type "device"',
    ]);
    expect(wrongWith(make('nosuch'))).toEqual(['assertion: object_new: unknown type "nosuch"']);
  });

  it('should race for the class when two threads use a type first', () => {
    const setup = (sim: Sim): void => {
      const qom = tableOf(sim, device, nic);
      for (const name of ['A', 'B']) {
        sim.thread(name, function* () {
          yield* objectNew(qom, 'nic', name);
        });
      }
    };
    expect(wrongWith(setup)).toContain('data-race: class of nic');
  });
});

describe('object_unref', () => {
  it('should finalize once, in whichever thread drops the last reference', () => {
    const setup = (sim: Sim): void => {
      const qom = tableOf(sim, device, nic);
      sim.thread('main', function* () {
        const object = yield* objectNew(qom, 'nic');
        yield* reference(object);
        const other = yield* sim.spawn('other', () => unreference(object));
        yield* unreference(object);
        yield* other.join();
      });
    };
    const report = exploreAll(setup);
    expect(report).toMatchObject({ verdict: 'verified', executions: 2 });
  });

  it('should make every later use a use after free', () => {
    const setup = withObject(function* (sim, object) {
      yield* unreference(object);
      yield* object.parent.read();
    });
    expect(wrongWith(setup)).toEqual(['use-after-free: nic']);
  });

  it('should find what instance_finalize resurrects', () => {
    const phoenix: TypeInfo = { ...nic, instanceFinalize: reference };
    const setup = withObject((_sim, object) => unreference(object), phoenix);
    expect(wrongWith(setup)).toEqual(['refcount: nic.ref']);
  });

  it('should find who looks for a property in instance_finalize: the table is gone', () => {
    const nosy: TypeInfo = {
      ...nic,
      *instanceFinalize(object) {
        yield* object.properties.read();
      },
    };
    const setup = withObject((_sim, object) => unreference(object), nosy);
    expect(wrongWith(setup)).toEqual(['use-after-free: nic.properties']);
  });

  it('should find a reference dropped twice', () => {
    const setup = withObject(function* (sim, object) {
      yield* unreference(object);
      yield* unreference(object);
    });
    expect(wrongWith(setup)).toEqual(['use-after-free: nic']);
  });

  it('should kill what the types added before the memory is given back', () => {
    const fields = (block: QomObject['block']) => ({ register: block.plain('register', 0) });
    const counter: TypeInfo<ReturnType<typeof fields>> = { ...nic, fields };
    const late: TypeInfo = {
      name: 'late',
      parent: 'object',
      *instanceFinalize(object) {
        yield* object.instance.retire();
      },
    };
    expect(wrongWith(withObject((_sim, object) => unreference(object), late))).toEqual([
      'use-after-free: late',
    ]);
    const read = withObject(function* (_sim, object) {
      yield* object.as(counter).register.read();
    }, counter);
    expect(wrongWith(read)).toEqual([]);
  });
});

describe('children', () => {
  it('should live as long as their parent', () => {
    const setup = (sim: Sim): void => {
      const qom = tableOf(sim, device, nic);
      const gone = sim.reachable('the child was finalized');
      const tracked: TypeInfo = {
        name: 'tracked',
        parent: 'object',
        *instanceFinalize() {
          gone();
        },
      };
      qom.types.register(tracked);
      sim.thread('main', function* () {
        const parent = yield* objectNew(qom, 'nic', 'parent');
        const child = yield* objectNew(qom, 'tracked', 'child');
        yield* addChild(parent, 'port', child);
        yield* unreference(child);
        yield* child.parent.read();
        yield* unreference(parent);
      });
    };
    expect(wrongWith(setup)).toEqual([]);
  });

  it('should go in any order with their parent', () => {
    const orders = new Set<string>();
    const setup = (sim: Sim): void => {
      const order: string[] = [];
      const part: TypeInfo = {
        name: 'part',
        parent: 'object',
        *instanceFinalize(object) {
          order.push(object.name);
        },
      };
      const qom = tableOf(sim, device, nic, part);
      sim.thread('main', function* () {
        const parent = yield* objectNew(qom, 'nic');
        for (const name of ['a', 'b']) {
          const child = yield* objectNew(qom, 'part', name);
          yield* addChild(parent, name, child);
          yield* unreference(child);
        }
        yield* unreference(parent);
      });
      sim.finally(() => {
        orders.add(order.join(' '));
      });
    };
    expect(wrongWith(setup)).toEqual([]);
    expect([...orders].sort()).toEqual(['a b', 'b a']);
  });

  it('should have one parent and a name of their own', () => {
    const twice = withObject(function* (sim, object) {
      yield* addChild(object, 'self', object);
      yield* addChild(object, 'again', object);
    });
    expect(wrongWith(twice)).toEqual([
      'assertion: object_property_try_add_child: nic already has a parent',
    ]);
    const clash = (sim: Sim): void => {
      const qom = tableOf(sim, device, nic);
      sim.thread('main', function* () {
        const parent = yield* objectNew(qom, 'nic', 'parent');
        yield* addChild(parent, 'port', yield* objectNew(qom, 'nic', 'a'));
        yield* addChild(parent, 'port', yield* objectNew(qom, 'nic', 'b'));
      });
    };
    expect(wrongWith(clash)).toEqual([
      `assertion: object_property_try_add: attempt to add duplicate property 'port' to object (type 'nic')`,
    ]);
  });

  it('should not be finalized while they have a parent', () => {
    const setup = (sim: Sim): void => {
      const qom = tableOf(sim, device, nic);
      sim.thread('main', function* () {
        const parent = yield* objectNew(qom, 'nic', 'parent');
        const child = yield* objectNew(qom, 'nic', 'child');
        yield* addChild(parent, 'port', child);
        yield* unreference(child);
        yield* unreference(child);
      });
    };
    expect(wrongWith(setup)).toEqual(['assertion: object_finalize: child still has a parent']);
  });
});
