import type { Routine } from '../../src/index.js';
import type { BottomHalf, BottomHalves } from '../mainloop/bottom-half.js';
import type { Holder } from '../qom/holders.js';
import { reference, unreference } from '../qom/lifetime.js';
import type { QomObject } from '../qom/object.js';

/** Who holds the disk, for messages. */
const bottomHalf: Holder = { name: 'the bottom half' };

/**
 * What the virtual machine's going on does to a disk: a bottom half starts its requests again. It holds the disk until it has run, since
 * upstream commit cfd4e36352.
 *
 * Upstream: hw/scsi/scsi-bus.c:scsi_dma_restart_cb, scsi_dma_restart_bh.
 *
 * @param halves - of the loop that the disk's requests are served by
 * @param requests - starts them again
 * @param holds - false: as it was before the commit
 */
export function* scsiDmaRestart(
  disk: QomObject,
  halves: BottomHalves,
  requests: (disk: QomObject) => Routine<unknown>,
  holds = true,
): Routine {
  disk.qom.sim.log(`scsi_dma_restart_cb ${disk.name}`);
  if (holds) yield* reference(disk, bottomHalf);
  const half: BottomHalf = yield* halves.create('scsi_dma_restart_bh', function* () {
    yield* halves.delete(half);
    yield* requests(disk);
    if (holds) yield* unreference(disk, bottomHalf);
  });
  yield* halves.schedule(half);
}
