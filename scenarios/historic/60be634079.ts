import { DirtyBitmap, Machine } from '../../models/index.js';
import type { Sim } from '../../src/index.js';
import type { Bug } from '../historic.js';
import { accessDuring } from './grace-under-lock.js';

function end(wait: boolean) {
  return (sim: Sim): void => {
    const machine = new Machine(sim);
    const bitmap = new DirtyBitmap(sim, machine.callRcu);
    accessDuring(machine, () => bitmap.end(wait));
  };
}

/** The end of a migration waits for readers under the big lock, which a reader waits for. */
export const endUnderBigLock: Bug = {
  name: 'end-under-big-lock',
  title: 'migration: end under the big lock',
  description: 'the end of a migration frees the bitmap while the guest accesses a register',
  commit: '60be634079',
  before: end(true),
  after: end(false),
};
