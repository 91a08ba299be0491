import {
  Board,
  ejectPortType,
  head,
  type PciBridgeTypeInfo,
  pciBridgeBaseType,
  pciBridgeExit,
  pciBridgeInit,
  pciBusMasterType,
  pciBusMasterUnrealize,
  pciHotplugInit,
  QemuError,
  qmpDeviceAdd,
  type WindowMemory,
} from '../../models/index.js';
import { finalizedAtQuiescence } from '../../properties/index.js';
import type { Sim } from '../../src/index.js';
import type { Bug } from '../historic.js';

/**
 * A port that finds out when it is a bridge already that it is in the wrong place. As long as nobody has set a window, it begins at
 * zero; in memory that has nothing else the map is then rendered from the window itself.
 *
 * Upstream: hw/pci-bridge/cxl_downstream.c:cxl_dsp_realize.
 */
function downstreamPort(windowMemory: WindowMemory): PciBridgeTypeInfo {
  return {
    name: 'cxl-downstream',
    parent: pciBridgeBaseType.name,
    windows: [{ name: 'pci_bridge_io', base: 0, space: 'io' }],
    windowMemory,
    *realize(device) {
      yield* pciBridgeInit(device);
      yield* pciBusMasterUnrealize(device);
      return new QemuError('not below an upstream port');
    },
    exit: pciBridgeExit,
  };
}

function addInVain(windowMemory: WindowMemory) {
  return (sim: Sim): void => {
    const board = new Board(sim, { memory: head });
    const port = downstreamPort(windowMemory);
    board.qdev.register(ejectPortType, pciBusMasterType, pciBridgeBaseType, port);
    finalizedAtQuiescence(sim, { qom: board.machine.qom });
    board.start({
      *boot() {
        yield* pciHotplugInit(board);
      },
      commands: [
        {
          *execute() {
            const failure = yield* qmpDeviceAdd(board.qdev, { driver: port.name, id: 'port0' });
            sim.assert(failure !== undefined, 'device_add: the port is in the wrong place');
          },
        },
      ],
    });
  };
}

/** The windows of a bridge have memory of their own, and the map that shows them keeps the bridge. */
export const windowsFreed: Bug = {
  name: 'windows-freed',
  title: "pci: a bridge's windows",
  description: 'device_add of a port that cannot be realized when it has its windows',
  commit: 'b2999ed8ad',
  before: addInVain('allocated'),
  after: addInVain('part of the bridge'),
};
