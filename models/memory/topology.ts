import type { Routine } from '../../src/index.js';
import { FlatView } from './flat-view.js';
import type { Memory } from './memory.js';
import type { MemoryRegion } from './region.js';
import { flatViewRoot, Layouts, render } from './render.js';

/**
 * Renders every address space anew, one view for each distinct root, and publishes.
 *
 * Upstream: system/memory.c:flatviews_reset, generate_memory_topology, address_space_set_flatview. There, a table of views holds a
 * reference on each until the next commit; here the first space to show a view has the reference of its making.
 */
export function* rebuild(memory: Memory): Routine {
  const layouts = new Layouts();
  const views = new Map<MemoryRegion | undefined, FlatView>();
  for (const space of yield* memory.spaces.read()) {
    const root = yield* flatViewRoot(layouts, yield* space.root.read());
    const known = views.get(root);
    if (known !== undefined) {
      yield* space.publish(known, true);
      continue;
    }
    const ranges = yield* render(layouts, root);
    const made = yield* FlatView.make(memory, `view of ${root?.name ?? 'nothing'}`, root, ranges);
    views.set(root, made);
    yield* space.publish(made, false);
  }
}
