import {
  accessSpace,
  addProperty,
  Board,
  busInitInPlace,
  type DeviceTypeInfo,
  failed,
  pciBusMasterType,
  pciWriteConfig,
  Qom,
  type QomObject,
  qmpDeviceListProperties,
  qmpQomListProperties,
  type TypeInfo,
  unparent,
} from '../../models/index.js';
import { finalizedAtQuiescence, noOutsideEffect } from '../../properties/index.js';
import type { Block, Routine, Sim } from '../../src/index.js';
import type { HazardColumn } from '../entry.js';
import { overtaking } from '../window.js';
import { base, type OwnershipRow } from './designs.js';

/** What happens to a device or to a type. */
export interface Hazard extends HazardColumn {
  /** Whether it can happen to what the row has. */
  readonly fits: (row: OwnershipRow) => boolean;
  readonly threads: (sim: Sim, row: OwnershipRow) => void;
}

/** A board with the row's device, which management unplugs; and what the guest does. */
function unplugged(
  sim: Sim,
  row: OwnershipRow,
  done: () => Routine,
  guest?: (board: Board) => Routine,
): void {
  const board = new Board(sim, row.board);
  const types = row.types?.(board) ?? [];
  const type = types.at(-1)?.name ?? sim.fail('no type');
  board.qdev.register(pciBusMasterType, ...types);
  finalizedAtQuiescence(sim, { qom: board.machine.qom });
  let device: QomObject | undefined;
  board.start({
    *boot() {
      device = yield* board.plug(type, type);
      // What firmware does, unless the device did it for itself.
      if (device.isA('pci-device')) yield* pciWriteConfig(device, { bar: 0, base });
    },
    ...(guest && { vcpus: { vcpu: () => guest(board) } }),
    commands: [
      {
        *execute() {
          if (device !== undefined) yield* unparent(device);
          yield* done();
        },
      },
    ],
  });
}

const unplug: Hazard = {
  name: 'unplugged',
  title: 'unplugged',
  description: 'a device is unplugged, and has to go',
  fits: ({ types }) => types !== undefined,
  threads(sim, row) {
    const gone = sim.reachable('the device has left the tree');
    unplugged(sim, row, function* () {
      gone();
    });
  },
};

const unplugWhileRead: Hazard = {
  name: 'unplugged-while-read',
  title: 'unplugged while read',
  description: 'a device is unplugged while the guest reads one of its registers',
  fits: ({ register }) => register !== undefined,
  threads(sim, row) {
    const inside = overtaking(sim, 'unplugged while the guest reads');
    unplugged(sim, row, inside.changed, function* ({ memory }) {
      const access = { address: row.register ?? base, size: 4 };
      const { result } = yield* accessSpace(memory.system, access);
      yield* inside.accessed(result === 'ok');
    });
  },
};

/** A controller that makes its bus in instance_init. */
const controllerType: DeviceTypeInfo<{ readonly place: Block }> = {
  name: 'controller',
  parent: 'device',
  fields: (block) => ({ place: block.embed('bus') }),
  *instanceInit(device) {
    yield* busInitInPlace(device, device.as(controllerType).place, 'PCI', 'bus');
  },
};

/** Nobody unparents what has no parent: the bus has to go with the device. */
const neverPlugged: Hazard = {
  name: 'never-plugged',
  title: 'listed, never plugged',
  description: 'device-list-properties of a controller with a bus in place, whose object has to go',
  fits: ({ bus }) => bus === true,
  threads(sim, row) {
    const board = new Board(sim, row.board);
    const { qom } = board.machine;
    board.qdev.register(controllerType);
    finalizedAtQuiescence(sim, { qom });
    const listed = sim.reachable('the object is dropped');
    board.start({
      *boot() {
        yield* qmpDeviceListProperties(qom, controllerType.name);
        listed();
      },
    });
  },
};

/** The property that instances have, and not their class. */
const property = 'intremap';

function* addOwnProperty(object: QomObject): Routine {
  yield* addProperty(object, { name: property, type: 'bool' });
}

/** Management lists the properties of a type, of which there is no instance. */
function listed(
  name: string,
  sim: Sim,
  row: OwnershipRow,
  init: (object: QomObject) => Routine,
  peek: () => unknown,
): void {
  const qom = new Qom(sim);
  const type: TypeInfo = {
    name,
    parent: 'object',
    interfaces: ['singleton'],
    instanceInit: init,
  };
  qom.types.register(type);
  qom.types.initializeAll();
  if (row.inspection !== undefined) qom.singletons.use(row.inspection);
  const withoutEffect = noOutsideEffect(sim, [{ name: 'the list of notifiers', peek }]);
  const asked = sim.reachable('properties listed');
  sim.thread('main', function* () {
    const answer = yield* withoutEffect(() => qmpQomListProperties(qom, type.name));
    asked();
    const complete = !failed(answer) && answer.some(({ name }) => name === property);
    sim.assert(complete, `qom-list-properties ${name}: the property "${property}" is missing`);
  });
}

const tidyType: Hazard = {
  name: 'tidy-type',
  title: 'a tidy type is listed',
  description: 'qom-list-properties of a type whose instances add a property and do nothing else',
  fits: ({ inspection }) => inspection !== undefined,
  threads(sim, row) {
    listed('tidy-type', sim, row, addOwnProperty, () => undefined);
  },
};

/** Like microvm-machine, whose instances enter a notifier in a list, and leave it there. */
const meddlingType: Hazard = {
  name: 'meddling-type',
  title: 'a meddling type is listed',
  description: 'qom-list-properties of a type whose instances enter themselves in a list, for ever',
  fits: ({ inspection }) => inspection !== undefined,
  threads(sim, row) {
    const notifiers = sim.plain<readonly QomObject[]>('notifiers', []);
    function* init(object: QomObject): Routine {
      yield* addOwnProperty(object);
      yield* notifiers.write([...(yield* notifiers.read()), object]);
    }
    listed('meddling-type', sim, row, init, () => notifiers.peek());
  },
};

/** In the order of the table. */
export const hazards: readonly Hazard[] = [
  unplug,
  unplugWhileRead,
  neverPlugged,
  tidyType,
  meddlingType,
];
