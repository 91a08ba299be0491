import { DirtyBitmap, Machine } from '../../models/index.js';
import type { Routine, Sim } from '../../src/index.js';
import type { Bug } from '../historic.js';

/** migration/ram.c:ram_save_complete, which reads what RCU protects and then ends the migration. */
function* saveComplete({ sim, callRcu }: Machine, bitmap: DirtyBitmap, inside: boolean): Routine {
  sim.log('ram_save_complete');
  yield* callRcu.rcu.readLock();
  if (inside) yield* bitmap.end(true);
  yield* callRcu.rcu.readUnlock();
  if (!inside) yield* bitmap.end(true);
}

function complete(inside: boolean) {
  return (sim: Sim): void => {
    const machine = new Machine(sim);
    const bitmap = new DirtyBitmap(sim, machine.callRcu);
    machine.start({ commands: [{ execute: () => saveComplete(machine, bitmap, inside) }] });
  };
}

/** The migration ends inside the read section in which the rest of memory was sent, and its end waits for readers. */
export const endInsideSection: Bug = {
  name: 'end-inside-section',
  title: 'migration: end inside a read section',
  description: 'a completing migration waits for readers and is one itself',
  commit: 'd09a6fde15',
  before: complete(true),
  after: complete(false),
};
