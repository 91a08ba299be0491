import { type BottomHalf, IoThread, Machine } from '../../models/index.js';
import type { Atomic, Mutex, Plain, Routine, Sim } from '../../src/index.js';
import type { Bug } from '../historic.js';
import { window } from '../window.js';

/** Those who wait for the one bounce buffer. Upstream, 2015: exec.c:map_client_list. */
interface MapClients {
  readonly lock: Mutex;
  readonly clients: Plain<readonly (() => Routine)[]>;
}

/** cpu_notify_map_clients: the bounce buffer is free again. */
function* notify(sim: Sim, { lock, clients }: MapClients): Routine {
  yield* lock.lock();
  sim.log('cpu_notify_map_clients');
  const waiting = yield* clients.read();
  yield* clients.write([]);
  for (const client of waiting) yield* client();
  yield* lock.unlock();
}

/** cpu_register_map_client, cpu_unregister_map_client */
function* change(
  { lock, clients }: MapClients,
  to: (before: readonly (() => Routine)[]) => readonly (() => Routine)[],
): Routine {
  yield* lock.lock();
  yield* clients.write(to(yield* clients.read()));
  yield* lock.unlock();
}

/** A transfer that waits for the buffer. Upstream: dma-helpers.c:DMAAIOCB. */
interface Transfer {
  readonly clients: MapClients;
  readonly iothread: IoThread;
  /** An ordinary variable upstream; a race for it must not hide what comes of it. */
  readonly half: Atomic<BottomHalf | undefined>;
}

/** aio_bh_new of reschedule_dma */
function* newHalf({ iothread, half }: Transfer): Routine<BottomHalf> {
  const made = yield* iothread.context.bottomHalves.create('reschedule_dma', function* () {});
  yield* half.store(made);
  return made;
}

/** dma_aio_cancel, in the thread that owns the transfer. */
function* cancel({ iothread, half }: Transfer, unregister: () => Routine): Routine {
  const made = yield* half.load();
  if (made === undefined) return;
  yield* unregister();
  yield* iothread.context.bottomHalves.delete(made);
}

/** Before: whoever frees the buffer makes the bottom half, and schedules it (dma-helpers.c:continue_after_map_failure). */
function* madeWhenNotified(transfer: Transfer): Routine {
  const { bottomHalves } = transfer.iothread.context;
  yield* change(transfer.clients, () => [
    function* continue_after_map_failure() {
      yield* bottomHalves.schedule(yield* newHalf(transfer));
    },
  ]);
}

/** After: there is a bottom half from the start, and it is what waits for the buffer. */
function* madeWhenRegistered(transfer: Transfer): Routine {
  const { bottomHalves } = transfer.iothread.context;
  const made = yield* newHalf(transfer);
  yield* change(transfer.clients, () => [() => bottomHalves.schedule(made)]);
}

function cancelDuringNotification(register: (transfer: Transfer) => Routine, fixed: boolean) {
  return (sim: Sim): void => {
    const machine = new Machine(sim);
    const iothread = new IoThread(sim, 'iothread');
    const clients: MapClients = {
      lock: sim.mutex('map_client_list_lock'),
      clients: sim.plain<readonly (() => Routine)[]>('map_client_list', []),
    };
    const half = sim.atomic<BottomHalf | undefined>('dbs.bh', undefined);
    const transfer = { clients, iothread, half };
    const both = window(sim, 'transfer to be cancelled, buffer not yet given back');
    const leave = fixed ? () => change(clients, () => []) : function* () {};
    const { bottomHalves } = iothread.context;
    machine.start({
      *boot() {
        yield* register(transfer);
        const stop = yield* bottomHalves.create('dma_aio_cancel', function* () {
          yield* both.open();
          yield* cancel(transfer, leave);
        });
        yield* bottomHalves.schedule(stop);
      },
      commands: [
        {
          *execute() {
            yield* both.close();
            yield* notify(sim, clients);
          },
        },
      ],
    });
  };
}

/** One thread cancels a transfer and deletes its bottom half, which another is about to schedule. */
export const cancelledTransfer: Bug = {
  name: 'cancelled-transfer',
  title: 'dma: a cancelled transfer',
  description: 'a transfer is cancelled while the bounce buffer that it waits for is given back',
  commit: 'e95205e1f9',
  before: cancelDuringNotification(madeWhenNotified, false),
  after: cancelDuringNotification(madeWhenRegistered, true),
};
