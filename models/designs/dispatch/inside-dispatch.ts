import type { Routine, Sim } from '../../../src/index.js';
import type { Memory } from '../../memory/memory.js';
import { per } from './per.js';

/** How deep each thread is in dispatches: what each knows of itself, so that it is no step. */
class InsideDispatch {
  private readonly depths = new Map<string, number>();

  constructor(private readonly sim: Sim) {}

  /** Of the thread that asks. */
  get depth(): number {
    return this.depths.get(this.sim.self) ?? 0;
  }

  *around<T>(dispatch: () => Routine<T>): Routine<T> {
    const { depth, depths, sim } = this;
    depths.set(sim.self, depth + 1);
    const result = yield* dispatch();
    depths.set(sim.self, depth);
    return result;
  }
}

export const insideDispatch: (memory: Memory) => InsideDispatch = per(
  ({ sim }: Memory) => new InsideDispatch(sim),
);
