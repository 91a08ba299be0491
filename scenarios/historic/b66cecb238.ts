import {
  addContainer,
  failed,
  Machine,
  objectGetRoot,
  objectNew,
  type QomObject,
  tryAddChild,
  unreference,
} from '../../models/index.js';
import type { Block, Plain, Routine, Sim } from '../../src/index.js';
import type { Bug } from '../historic.js';

/** A string on the heap. */
interface Text {
  readonly block: Block;
  readonly characters: Plain<string>;
}

/** system/qdev-monitor.c:qdev_set_id, which owns the id from here on. Returns what to answer. */
function* setId(
  peripheral: QomObject,
  device: QomObject,
  { block, characters }: Text,
  freeFirst: boolean,
): Routine<string> {
  const { sim } = device.qom;
  sim.log('qdev_set_id');
  const added = yield* tryAddChild(peripheral, yield* characters.read(), device);
  if (!failed(added)) return '';
  sim.log('qdev_set_id: duplicate');
  if (freeFirst) yield* sim.free(block);
  const answer = `Duplicate device ID '${yield* characters.read()}'`;
  if (!freeFirst) yield* sim.free(block);
  return answer;
}

/** device_add of a device with that id. */
function* deviceAdd(peripheral: QomObject, freeFirst: boolean): Routine {
  const { sim } = peripheral.qom;
  sim.log('qmp_device_add');
  const device = yield* objectNew(peripheral.qom, 'plain-device');
  const block = yield* sim.alloc('id');
  const id = { block, characters: block.plain('characters', 'nic0') };
  yield* setId(peripheral, device, id, freeFirst);
  yield* unreference(device);
}

function addTwice(freeFirst: boolean) {
  return (sim: Sim): void => {
    const machine = new Machine(sim);
    const { qom } = machine;
    qom.types.register({ name: 'plain-device', parent: 'object' });
    let peripheral: QomObject | undefined;
    const add = () => deviceAdd(peripheral ?? sim.fail('no container'), freeFirst);
    machine.start({
      *boot() {
        peripheral = yield* addContainer(yield* objectGetRoot(qom), 'peripheral');
      },
      commands: [{ execute: add }, { execute: add }],
    });
  };
}

/** The id of a device that is refused is freed, then quoted in the answer. */
export const refusedId: Bug = {
  name: 'refused-id',
  title: 'qdev: the id of a refused device',
  description: 'device_add twice with the same id, which the second answer quotes',
  commit: 'b66cecb238',
  before: addTwice(true),
  after: addTwice(false),
};
