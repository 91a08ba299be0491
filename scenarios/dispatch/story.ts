import {
  accessSpace,
  type Board,
  type Command,
  IdeType,
  NicType,
  type Outcome,
  type QomObject,
} from '../../models/index.js';
import type { Routine } from '../../src/index.js';

/** Where firmware maps the card. */
export const nicBase = 0x100;

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

/** Management unplugs what was plugged at boot. */
export class UnplugCommand implements Command {
  private plugged: QomObject | undefined;

  constructor(
    private readonly board: Board,
    private readonly done: () => Routine,
  ) {}

  /** What is plugged at boot. */
  set device(device: QomObject) {
    this.plugged = device;
  }

  readonly execute = (): Routine => this.unplug();

  private *unplug(): Routine {
    const { board, plugged } = this;
    yield* board.unplug(plugged ?? board.sim.fail('nothing was plugged at boot'));
    yield* this.done();
  }
}

/** The guest reads a word. */
export function guestRead(board: Board, address: number): Routine<Outcome> {
  return accessSpace(board.memory.system, { address, size: 4 });
}
