import {
  accessSpace,
  type Board,
  type Command,
  IdeType,
  NicType,
  type Outcome,
  type QomObject,
} from '../../models/index.js';
import type { Routine, Sim } from '../../src/index.js';

/** Where firmware maps the card. */
export const nicBase = 0x100;

/** A place that firmware left free. */
export const elsewhere = 0x200;

/** Where the ports of the controller are. */
export const ideBase = 0x1f0;

/** Makes the network card known to a board. */
export function nicType(board: Board): NicType {
  const type = new NicType(board.memory, () => board.systemMemory, nicBase);
  board.qdev.register(type.info);
  return type;
}

/** Makes the IDE controller known to a board. */
export function ideType(board: Board): IdeType {
  const type = new IdeType(board.memory, () => board.systemMemory, ideBase);
  board.qdev.register(type.busInfo, type.info);
  return type;
}

/** A device that is plugged at boot, for those who come later. */
export class Plugged {
  private plugged: QomObject | undefined;

  constructor(private readonly sim: Sim) {}

  get device(): QomObject {
    return this.plugged ?? this.sim.fail('nothing was plugged at boot');
  }

  set device(device: QomObject) {
    this.plugged = device;
  }
}

/** Management unplugs what was plugged at boot. */
export function unplugCommand(board: Board, done: () => Routine): Command & Plugged {
  return new UnplugCommand(board, done);
}

class UnplugCommand extends Plugged implements Command {
  constructor(
    private readonly board: Board,
    private readonly done: () => Routine,
  ) {
    super(board.sim);
  }

  readonly execute = () => this.unplug();

  private *unplug(): Routine {
    yield* this.board.unplug(this.device);
    yield* this.done();
  }
}

/** The guest reads a word. */
export function guestRead(board: Board, address: number): Routine<Outcome> {
  return accessSpace(board.memory.system, { address, size: 4 });
}

/** The guest writes a word. */
export function guestWrite(board: Board, address: number, value: number): Routine<Outcome> {
  return accessSpace(board.memory.system, { address, size: 4, value });
}
