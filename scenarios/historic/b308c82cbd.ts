import {
  Board,
  head,
  type PciBridgeTypeInfo,
  pciBridgeBaseType,
  pciBridgeExit,
  pciBridgeUpdateMappings,
  pciBusMasterType,
  type QomObject,
  upstream2012,
  type WindowsDestroyed,
} from '../../models/index.js';
import type { Sim } from '../../src/index.js';
import type { Bug } from '../historic.js';

/** A bridge with a window whose memory is its own. The map is rendered from it, as there is nothing else. */
const bridgeType: PciBridgeTypeInfo = {
  name: 'pci-bridge',
  parent: pciBridgeBaseType.name,
  windows: [{ name: 'pci_bridge_mem', base: 0, space: 'memory' }],
  windowMemory: 'allocated',
  exit: pciBridgeExit,
};

function moveWindow(destroyed: WindowsDestroyed) {
  return (sim: Sim): void => {
    // In 2012 an old map was compared with the new one, region by region. The model looks at its regions when it goes, if it has
    // references on their owners.
    const memory = { ...upstream2012, viewHolds: head.viewHolds };
    const board = new Board(sim, { memory });
    board.qdev.register(pciBusMasterType, pciBridgeBaseType, bridgeType);
    let bridge: QomObject | undefined;
    const there = () => bridge ?? sim.fail('the board has not booted');
    board.start({
      *boot() {
        bridge = yield* board.plug(bridgeType.name, 'bridge0');
      },
      vcpus: {
        *vcpu() {
          sim.log('pci_bridge_write_config: pci_bridge_update_mappings');
          yield* board.memory.underBigLock(() => pciBridgeUpdateMappings(there(), destroyed));
        },
      },
    });
  };
}

/** Until a transaction ends, the map shows what was taken out in it: it must not be destroyed before. */
export const windowsReplaced: Bug = {
  name: 'windows-replaced',
  title: 'pci: windows replaced in a transaction',
  description: "the guest moves a bridge's window, and the old one is destroyed too early",
  commit: 'b308c82cbd and 523a59f596',
  before: moveWindow('in the transaction'),
  after: moveWindow('after the transaction'),
};
