import {
  accessSpace,
  Board,
  type BoardDesign,
  type DeviceTypeInfo,
  head,
  pciBusMasterType,
  pciWriteConfig,
  type QomObject,
} from '../../models/index.js';
import { finalizedAtQuiescence } from '../../properties/index.js';
import type { Routine, Sim } from '../../src/index.js';
import { window } from '../window.js';

/** Where firmware maps what has a bar. */
export const barBase = 0x100;

/** What the guest does: it reads a register. */
interface Guest {
  readonly address: number;
}

/**
 * A device is unplugged on a board that works as in some past; the guest may read a register of it meanwhile.
 *
 * @param mapped - whether the device has a bar that the guest has mapped
 */
export function unplugOf(
  sim: Sim,
  type: DeviceTypeInfo,
  design: Partial<BoardDesign> = {},
  { mapped = true, guest }: { readonly mapped?: boolean; readonly guest?: Guest } = {},
): void {
  const board = new Board(sim, { memory: head, ...design });
  board.qdev.register(pciBusMasterType, type);
  finalizedAtQuiescence(sim, { qom: board.machine.qom });
  const inside = guest && window(sim, 'unplugged while the guest reads');
  let device: QomObject | undefined;
  board.start({
    *boot() {
      device = yield* board.plug(type.name, 'dev0');
      if (mapped) yield* pciWriteConfig(device, { bar: 0, base: barBase });
    },
    vcpus: guest && inside ? { vcpu: () => read(board, guest.address, inside.close) } : {},
    commands: [
      {
        *execute() {
          sim.log('acpi_pcihp_eject_slot');
          yield* board.unplug(device ?? sim.fail('the board has not booted'));
          yield* inside?.open() ?? nothing();
        },
      },
    ],
  });
}

function* read(board: Board, address: number, done: () => Routine): Routine {
  yield* accessSpace(board.memory.system, { address, size: 4 });
  yield* done();
}

function* nothing(): Routine {}
