import type { BottomHalf } from '../../mainloop/bottom-half.js';
import type { MemoryDesign } from '../../memory/design.js';
import type { Memory } from '../../memory/memory.js';
import { rebuild } from '../../memory/topology.js';
import { head } from './head.js';

const halves = new WeakMap<Memory, BottomHalf>();

/**
 * D15. A change of the map is put off to a bottom half of the main loop, where no callback is around it; views hold owners as upstream's
 * do. Named and rejected by Avi Kivity, 2012: the guest goes on before its change is there.
 */
export const bottomHalfCommit: MemoryDesign = {
  ...head,
  name: 'bottom-half-commit',
  lockless: true,
  *made({ memory }) {
    if (halves.has(memory)) return;
    const { bottomHalves } = memory.machine.loop;
    halves.set(memory, yield* bottomHalves.create('map change', () => rebuild(memory)));
  },
  *publish(memory, _changed, now) {
    const { loop, running } = memory.machine;
    const half = halves.get(memory);
    // While there is one thread nobody could see the difference.
    if (half === undefined || !running) yield* now();
    else yield* loop.bottomHalves.schedule(half);
  },
};
