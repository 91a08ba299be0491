import { head } from '../../models/index.js';
import { noReEntry } from '../../properties/index.js';
import type { Sim } from '../../src/index.js';
import type { Bug } from '../historic.js';
import { resetByDma } from './dma-to-itself.js';

function reset(unguarded: boolean) {
  return (sim: Sim): void => {
    const board = resetByDma(sim, { ...head, unguarded });
    noReEntry(sim, board.memory);
  };
}

/** A device that does DMA to itself is entered again in the middle of what it does. Among others CVE-2023-0330. */
export const dmaToItself: Bug = {
  name: 'dma-to-itself',
  title: 'memory: DMA to the own registers',
  description: 'the guest has a device write by DMA to the register that resets the device',
  commit: 'a2e1753b80',
  before: reset(true),
  after: reset(false),
};
