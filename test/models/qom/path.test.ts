import { describe, expect, it } from 'vitest';
import {
  addChild,
  addConstLink,
  addContainer,
  canonicalPath,
  createMachine,
  machineGetContainer,
  objectGetContainer,
  objectGetRoot,
  objectNew,
  pathComponent,
  Qom,
  qdevGetMachine,
  type Resolved,
  resolvePath,
  resolveType,
  type TypeInfo,
} from '../../../models/index.js';
import type { Sim } from '../../../src/index.js';

import { wrongWith } from '../support.js';
import { resultOf, wrongAlone } from './support.js';

const pc: TypeInfo = { name: 'pc-machine', parent: 'object' };
const nic: TypeInfo = { name: 'nic', parent: 'object' };

function nameOf(found: Resolved): string {
  return typeof found === 'object' ? found.name : String(found);
}

describe('paths', () => {
  it('should lead through children and links, over empty components, to an object of the type', () => {
    const found = resultOf([pc, nic], function* (qom) {
      yield* createMachine(qom, 'pc-machine');
      const peripheral = yield* machineGetContainer(qom, 'peripheral');
      const device = yield* objectNew(qom, 'nic', 'nic0');
      yield* addChild(peripheral, 'net', device);
      yield* addConstLink(yield* objectGetRoot(qom), 'shortcut', device);
      const names: string[] = [];
      for (const path of ['/machine/peripheral/net', '//machine//peripheral/net/', '/shortcut']) {
        names.push(nameOf(yield* resolvePath(qom, path)));
      }
      names.push(nameOf(yield* resolvePath(qom, '/machine/net')));
      names.push(nameOf(yield* resolvePath(qom, '/machine/type')));
      names.push(nameOf(yield* resolvePath(qom, '/shortcut', 'container')));
      names.push(nameOf(yield* resolvePath(qom, '/')));
      return names;
    });
    const nowhere = ['undefined', 'undefined', 'undefined'];
    expect(found).toEqual(['nic0', 'nic0', 'nic0', ...nowhere, 'root']);
  });

  it('should be found when they are partial, unless several objects fit', () => {
    const found = resultOf([pc, nic], function* (qom) {
      yield* createMachine(qom, 'pc-machine');
      const peripheral = yield* machineGetContainer(qom, 'peripheral');
      yield* addChild(peripheral, 'net', yield* objectNew(qom, 'nic', 'one'));
      const names = [nameOf(yield* resolvePath(qom, 'peripheral/net'))];
      names.push(nameOf(yield* resolveType(qom, 'nic')));
      yield* addChild(
        yield* objectGetContainer(qom, 'backend'),
        'net',
        yield* objectNew(qom, 'nic'),
      );
      for (const path of ['net', 'peripheral/net', '', 'nothing']) {
        names.push(nameOf(yield* resolvePath(qom, path)));
      }
      names.push(nameOf(yield* resolveType(qom, 'nic')), nameOf(yield* resolveType(qom, 'rng')));
      return names;
    });
    const later = ['ambiguous', 'one', 'ambiguous', 'undefined', 'ambiguous', 'undefined'];
    expect(found).toEqual(['one', 'one', ...later]);
  });

  it('should be canonical along the parents, and missing without the root', () => {
    const paths = resultOf([pc, nic], function* (qom) {
      const machine = yield* createMachine(qom, 'pc-machine');
      const device = yield* objectNew(qom, 'nic');
      const loose = [yield* canonicalPath(device), yield* pathComponent(device)];
      yield* addChild(yield* machineGetContainer(qom, 'unattached'), 'device[*]', device);
      const root = yield* objectGetRoot(qom);
      return [
        ...loose,
        yield* canonicalPath(device),
        yield* pathComponent(device),
        yield* canonicalPath(machine),
        yield* canonicalPath(root),
      ];
    });
    const attached = ['/machine/unattached/device[0]', 'device[0]', '/machine', '/'];
    expect(paths).toEqual([undefined, undefined, ...attached]);
  });

  it('should abort when a parent does not know its child', () => {
    const wrong = wrongAlone([nic], function* (qom) {
      const parent = yield* addContainer(yield* objectGetRoot(qom), 'box');
      const child = yield* objectNew(qom, 'nic');
      yield* addChild(parent, 'net', child);
      yield* parent.properties.write([]);
      yield* canonicalPath(child);
    });
    expect(wrong).toEqual([
      'assertion: object_get_canonical_path_component: box has no entry for its child nic',
    ]);
  });
});

describe('containers', () => {
  it('should be in the root from the start, and in the machine from when it is created', () => {
    const names = resultOf([pc], function* (qom) {
      const machine = yield* createMachine(qom, 'pc-machine');
      const root = yield* objectGetRoot(qom);
      const both = [...(yield* root.properties.read()), ...(yield* machine.properties.read())];
      return both.map(({ name, type }) => `${name} ${type}`);
    });
    expect(names).toEqual([
      'chardevs child<container>',
      'objects child<container>',
      'backend child<container>',
      'audiodevs child<container>',
      'machine child<pc-machine>',
      'unattached child<container>',
      'peripheral child<container>',
      'peripheral-anon child<container>',
    ]);
  });

  it('should abort for one that is missing, and for a machine that is not there yet', () => {
    const noMachine = wrongAlone([pc], function* (qom) {
      yield* qdevGetMachine(qom);
    });
    expect(noMachine).toEqual(['assertion: qdev_get_machine: there is no machine yet']);
    const noContainer = wrongAlone([pc], function* (qom) {
      yield* createMachine(qom, 'pc-machine');
      yield* machineGetContainer(qom, 'floppies');
    });
    expect(noContainer).toEqual(['assertion: machine_get_container: no container "floppies"']);
    const noRootContainer = wrongAlone([pc], function* (qom) {
      yield* createMachine(qom, 'pc-machine');
      yield* objectGetContainer(qom, 'machine');
    });
    expect(noRootContainer).toEqual(['assertion: object_get_container: no container "machine"']);
  });

  it('should race for the root when two threads ask for it first', () => {
    const setup = (sim: Sim): void => {
      const qom = new Qom(sim);
      sim.thread('main', function* () {
        yield* qom.types.initialize('container');
        for (const name of ['A', 'B']) yield* sim.spawn(name, () => objectGetRoot(qom));
      });
    };
    expect(wrongWith(setup)).toEqual(['data-race: root']);
  });
});
