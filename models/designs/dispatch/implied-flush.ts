import type { MemoryDesign } from '../../memory/design.js';
import { head } from './head.js';

/**
 * D12. The read section spans the whole callback, and whoever changes the map waits for all who may still look at the old one. So no
 * reference is needed. Avi Kivity's first idea in 2012; Marcelo Tosatti saw the callback that waits for itself.
 */
export const impliedFlush: MemoryDesign = {
  ...head,
  name: 'implied-flush',
  lockless: true,
  viewHolds: () => undefined,
  *publish(memory, _changed, rebuild) {
    yield* rebuild();
    yield* memory.machine.callRcu.rcu.synchronize();
  },
};
