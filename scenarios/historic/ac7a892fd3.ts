import {
  alwaysReferences,
  Board,
  bochsDisplayType,
  byOwner,
  head,
  pciBusMasterType,
  type QomObject,
  type SubregionDesign,
} from '../../models/index.js';
import { finalizedAtQuiescence } from '../../properties/index.js';
import type { Sim } from '../../src/index.js';
import type { Bug } from '../historic.js';

function unplugDisplay(subregions: SubregionDesign) {
  return (sim: Sim): void => {
    const board = new Board(sim, { memory: { ...head, subregions } });
    board.qdev.register(pciBusMasterType, bochsDisplayType);
    finalizedAtQuiescence(sim, { qom: board.machine.qom });
    const gone = sim.reachable('the display has left the tree');
    let display: QomObject | undefined;
    board.start({
      *boot() {
        display = yield* board.plug(bochsDisplayType.name, 'display');
      },
      commands: [
        {
          *execute() {
            if (display !== undefined) yield* board.unplug(display);
            gone();
          },
        },
      ],
    });
  };
}

/** A container references the owner of its subregions, which is its own owner. Five types of cards never went away because of it. */
export const ownSubregion: Bug = {
  name: 'own-subregion',
  title: 'memory: a container of the same owner',
  description: 'a display is unplugged whose bar contains two regions of its own',
  commit: 'ac7a892fd3',
  before: unplugDisplay(alwaysReferences),
  after: unplugDisplay(byOwner),
};
