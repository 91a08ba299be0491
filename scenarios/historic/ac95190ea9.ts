import { dmaEngineType, head, type MemoryPast } from '../../models/index.js';
import type { Sim } from '../../src/index.js';
import type { Bug } from '../historic.js';
import { unplugOf } from './board-story.js';

/** In 2015 a bus let go of a device at once, so that nothing else kept it for a grace period. */
const qdev = { busEntries: 'freed at once' } as const;

function unplugBusMaster(spaceRoot: MemoryPast['spaceRoot']) {
  return (sim: Sim): void => {
    const memory = { ...head, past: { spaceRoot } };
    unplugOf(sim, dmaEngineType, { memory, qdev });
  };
}

/** The end of an address space takes a grace period, and the device that it is part of goes before. */
export const spaceOutlivesDevice: Bug = {
  name: 'space-outlives-device',
  title: 'memory: the end of an address space',
  description: 'a device that does DMA is unplugged, with the address space that is part of it',
  commit: 'ac95190ea9',
  before: unplugBusMaster('not referenced'),
  after: unplugBusMaster('referenced'),
};
