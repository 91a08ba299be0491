import { PortDeviceType, type PortioOwner } from '../../models/index.js';
import type { Sim } from '../../src/index.js';
import type { Bug } from '../historic.js';
import { unplugOf } from './board-story.js';

/** Where the ports are. */
const base = 0x3b4;

function unplugWithPorts(whose: PortioOwner) {
  return (sim: Sim): void => {
    unplugOf(sim, new PortDeviceType(base, whose).info, {}, { mapped: false });
  };
}

/** Ports are regions on the heap; a map that still shows them keeps the device, and not their memory. */
export const portsFreed: Bug = {
  name: 'ports-freed',
  title: 'ioport: the regions of a list',
  description: 'a device with a list of ports is unplugged, and then the old map goes',
  commit: '690705ca0b',
  before: unplugWithPorts('the device'),
  after: unplugWithPorts('an object of their own'),
};
