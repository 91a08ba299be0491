import { Machine } from '../../models/index.js';
import type { Atomic, Block, Routine, Sim } from '../../src/index.js';
import type { Bug } from '../historic.js';
import { accessDuring } from './grace-under-lock.js';

/** migration/rdma.c:qio_channel_rdma_close: takes the connection out of the channel, and frees it when no reader has it. */
function* close(
  { sim, callRcu }: Machine,
  connection: Atomic<Block | undefined>,
  wait: boolean,
): Routine {
  sim.log('qio_channel_rdma_close');
  const rdma = yield* connection.exchange(undefined);
  if (rdma === undefined) return;
  const release = function* () {
    yield* sim.free(rdma);
  };
  if (!wait) return yield* callRcu.call(release);
  yield* callRcu.rcu.synchronize();
  yield* release();
}

function closeRdma(wait: boolean) {
  return (sim: Sim): void => {
    const machine = new Machine(sim);
    const connection = sim.atomic<Block | undefined>('rdmaout', sim.block('rdma'));
    accessDuring(machine, () => close(machine, connection, wait));
  };
}

/** A channel over RDMA is closed under the big lock, and waits for readers. */
export const rdmaClose: Bug = {
  name: 'rdma-close',
  title: 'migration: closing RDMA',
  description: 'a channel over RDMA is closed while the guest accesses a register',
  commit: 'd46a4847ca',
  before: closeRdma(true),
  after: closeRdma(false),
};
