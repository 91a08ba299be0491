import { head, type MemoryPast } from '../../models/index.js';
import type { Sim } from '../../src/index.js';
import type { Bug } from '../historic.js';
import { ownMemory, resetByDma } from './dma-to-itself.js';

function viaOwnMemory(guardCleared: MemoryPast['guardCleared']) {
  return (sim: Sim): void => {
    resetByDma(sim, { ...head, past: { guardCleared } }, ownMemory);
  };
}

/** An access that the guard lets pass, to memory of the device, opens the guard for the next when it ends. */
export const guardOpened: Bug = {
  name: 'guard-opened',
  title: 'memory: the guard is cleared by another',
  description: 'a device writes by DMA to its own memory, then to the register that resets it',
  commit: '3884bf6468',
  before: viaOwnMemory('by anybody'),
  after: viaOwnMemory('by who set it'),
};
