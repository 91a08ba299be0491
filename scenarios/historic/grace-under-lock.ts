import type { Machine } from '../../models/index.js';
import type { Routine } from '../../src/index.js';
import { window } from '../window.js';

/** A register access: the read section spans the wait for the big lock. Upstream: system/physmem.c:prepare_mmio_access. */
function* dispatch({ sim, callRcu, bigLock }: Machine, began: () => Routine): Routine {
  yield* callRcu.rcu.readLock();
  sim.log('address_space_read: prepare_mmio_access');
  yield* began();
  yield* bigLock.lock();
  yield* bigLock.unlock();
  yield* callRcu.rcu.readUnlock();
}

/** The guest accesses a register while the main thread, under the big lock, does something that may wait for readers. */
export function accessDuring(machine: Machine, reclaim: () => Routine): void {
  const reading = window(machine.sim, 'reader inside, nothing waited for yet');
  machine.start({
    vcpus: { vcpu: () => dispatch(machine, reading.open) },
    commands: [
      {
        *execute() {
          yield* reading.close();
          yield* reclaim();
        },
      },
    ],
  });
}
