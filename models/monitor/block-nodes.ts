import type { Plain, Routine, Sim } from '../../src/index.js';
import { QemuError } from '../qom/error.js';

/** The nodes of the block layer, by name, and how many devices use each. Protected by the big lock. Upstream: block.c, blockdev.c. */
export class BlockNodes {
  private readonly users: Plain<Readonly<Record<string, number>>>;

  constructor(sim: Sim) {
    this.users = sim.plain<Readonly<Record<string, number>>>('graph_bdrv_states', {});
  }

  /** qmp_blockdev_add */
  *add(name: string): Routine<QemuError | undefined> {
    const users = yield* this.users.read();
    if (name in users) return new QemuError(`Duplicate nodes with node-name='${name}'`);
    yield* this.users.write({ ...users, [name]: 0 });
    return undefined;
  }

  /** qmp_blockdev_del */
  *del(name: string): Routine<QemuError | undefined> {
    const { [name]: count, ...others } = yield* this.users.read();
    if (count === undefined) return new QemuError(`Failed to find node with node-name='${name}'`);
    if (count > 0) return new QemuError(`Node ${name} is in use`);
    yield* this.users.write(others);
    return undefined;
  }

  /** blk_attach_dev: a device uses a node from now on, unless there is none of that name. */
  *attach(name: string): Routine<boolean> {
    return yield* this.change(name, 1);
  }

  /** blk_detach_dev */
  *detach(name: string): Routine {
    yield* this.change(name, -1);
  }

  private *change(name: string, by: number): Routine<boolean> {
    const users = yield* this.users.read();
    const { [name]: count } = users;
    if (count === undefined) return false;
    yield* this.users.write({ ...users, [name]: count + by });
    return true;
  }
}
