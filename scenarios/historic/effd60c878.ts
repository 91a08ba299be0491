import {
  accessSpace,
  addSubregion,
  Board,
  type CommandContext,
  type DeviceTypeInfo,
  head,
  pciDeviceType,
  qmpDeviceAdd,
  type RegionOps,
  regionInit,
} from '../../models/index.js';
import { noReEntry } from '../../properties/index.js';
import type { Block, Plain, Routine, Sim } from '../../src/index.js';
import type { Bug } from '../historic.js';
import { window } from '../window.js';

const base = 0x100;

interface Controller {
  readonly place: Block;
  readonly requests: Plain<number>;
}

/** A device whose registers the guest may only write when requests are done. Upstream: block/io.c:bdrv_drain in device code. */
function drainingController(board: Board, begun: () => Routine): DeviceTypeInfo<Controller> {
  const { loop } = board.machine;
  function opsOf({ requests }: Controller): RegionOps {
    return {
      *read() {
        return yield* requests.read();
      },
      *write() {
        yield* requests.write(1);
        const done = yield* loop.bottomHalves.create('request done', function* () {
          yield* requests.write(0);
        });
        yield* loop.bottomHalves.schedule(done);
        yield* begun();
        board.sim.log('blk_drain: AIO_WAIT_WHILE');
        yield* loop.context.waitWhile(() => requests.peek() > 0);
      },
    };
  }
  const info: DeviceTypeInfo<Controller> = {
    name: 'draining-controller',
    parent: pciDeviceType.name,
    fields: (block) => ({ place: block.embed('regs'), requests: block.plain('requests', 0) }),
    *realize(device) {
      const controller = device.as(info);
      const ops = opsOf(controller);
      const options = { name: 'regs', size: 0x10, owner: device, ops };
      const region = yield* regionInit(board.memory, controller.place, options);
      yield* addSubregion(board.systemMemory, region, base);
    },
  };
  return info;
}

function commandDuringDrain(commandContext: CommandContext) {
  return (sim: Sim): void => {
    // Where there is a guard against it, the second access is turned away, which is no better for the guest.
    const board = new Board(sim, { memory: { ...head, unguarded: true }, commandContext });
    const draining = window(sim, 'a device drains, and device_add is yet to come');
    const type = drainingController(board, draining.open);
    board.qdev.register(type);
    noReEntry(sim, board.memory);
    board.start({
      *boot() {
        yield* board.plug(type.name, 'disk0');
        yield* board.qdev.machineReady();
      },
      vcpus: {
        *vcpu0() {
          yield* accessSpace(board.memory.system, { address: base, size: 4, value: 1 });
        },
        *vcpu1() {
          yield* accessSpace(board.memory.system, { address: base, size: 4 });
        },
      },
      commands: [
        {
          *execute() {
            yield* draining.close();
            yield* qmpDeviceAdd(board.qdev, { driver: 'no-such-device' });
          },
        },
      ],
    });
  };
}

/**
 * A device waits for its requests in a nested loop, which executes a command as well; the command drops the big lock to wait for a
 * grace period. Which cannot end: the access is in a read section.
 */
export const commandInNestedLoop: Bug = {
  name: 'command-in-nested-loop',
  title: 'monitor: device_add in a nested loop',
  description: 'device_add fails while one virtual CPU drains a device that another reads',
  commit: 'effd60c878',
  before: commandDuringDrain('aio context'),
  after: commandDuringDrain('iohandler'),
};
