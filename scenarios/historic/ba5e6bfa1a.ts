import { type QuirkFreed, VfioPciType } from '../../models/index.js';
import type { Sim } from '../../src/index.js';
import type { Bug } from '../historic.js';
import { barBase, unplugOf } from './board-story.js';

function unplugDuringAccess(freed: QuirkFreed) {
  return (sim: Sim): void => {
    const { info } = new VfioPciType(freed);
    unplugOf(sim, info, {}, { guest: { address: barBase + 0x10 } });
  };
}

/** What covers a part of a bar of a passed-through device is freed when the device is unrealized, with the guest still in it. */
export const quirkFreed: Bug = {
  name: 'quirk-freed',
  title: "vfio: a quirk's memory",
  description: 'the guest reads a register that a quirk covers while the device is unplugged',
  commit: 'ba5e6bfa1a and 77a10d04d0',
  before: unplugDuringAccess('in exit'),
  after: unplugDuringAccess('in instance_finalize'),
};
