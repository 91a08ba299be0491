import {
  addSubregion,
  head,
  Machine,
  Memory,
  type MemoryPast,
  type MemoryRegion,
  regionInit,
  setEnabled,
} from '../../models/index.js';
import type { Routine, Sim } from '../../src/index.js';
import type { Bug } from '../historic.js';
import { window } from '../window.js';

/** memory_global_dirty_log_sync: goes through the view that is in force, without the big lock. */
function* syncDirtyLog({ sim, system }: Memory): Routine {
  const view = yield* system.view();
  sim.log('memory_global_dirty_log_sync');
  if (view === undefined) return;
  yield* view.find(0x100);
  yield* view.unreference();
}

function changeMapMeanwhile(viewReference: MemoryPast['viewReference']) {
  return (sim: Sim): void => {
    const machine = new Machine(sim);
    const memory = new Memory(machine, { ...head, past: { viewReference } });
    const changed = window(sim, 'map changed while somebody looks for the old one');
    let ram: MemoryRegion | undefined;
    machine.start({
      *boot() {
        const root = yield* memory.boot();
        ram = yield* regionInit(memory, undefined, { name: 'ram', size: 0x100, ops: {} });
        yield* addSubregion(root, ram, 0x100);
      },
      vcpus: {
        *migration() {
          yield* syncDirtyLog(memory);
          yield* changed.close();
        },
      },
      commands: [
        {
          *execute() {
            yield* setEnabled(ram ?? sim.fail('the machine has not booted'), false);
            yield* changed.open();
          },
        },
      ],
    });
  };
}

/** A thread takes a reference on the view that it has found, which somebody has replaced and dropped meanwhile. */
export const viewResurrected: Bug = {
  name: 'view-resurrected',
  title: 'memory: a reference on a view that is gone',
  description: 'the migration thread takes the map to go through it, while it is being changed',
  commit: '447b0d0b9e',
  before: changeMapMeanwhile('in any case'),
  after: changeMapMeanwhile('unless it is zero'),
};
