import type { Routine } from '../../src/index.js';
import type { FlatRange } from './flat-view.js';
import type { Layout, MemoryRegion, RegionOps } from './region.js';

/** How regions are looked at to render them. */
export interface Looks {
  readonly of: (region: MemoryRegion) => Routine<Layout>;
  readonly ops: (region: MemoryRegion) => Routine<RegionOps | undefined>;
}

/** Reads every region once: during a commit nobody else changes them. */
export class Layouts implements Looks {
  private readonly seen = new Map<MemoryRegion, Layout>();

  *of(region: MemoryRegion): Routine<Layout> {
    const known = this.seen.get(region);
    if (known !== undefined) return known;
    const layout = yield* region.layout.read();
    this.seen.set(region, layout);
    return layout;
  }

  *ops(region: MemoryRegion): Routine<RegionOps | undefined> {
    return yield* region.ops.read();
  }
}

/**
 * memory_region_get_flatview_root: address spaces whose roots come to the same region share a view. Looks through aliases that show
 * the whole of their target, and containers with a single region enabled that begins where they do and lies in them; nothing for a
 * root that is disabled.
 */
export function* flatViewRoot(
  layouts: Looks,
  root: MemoryRegion | undefined,
): Routine<MemoryRegion | undefined> {
  let region = root;
  while (region !== undefined) {
    const { enabled, size, subregions } = yield* layouts.of(region);
    if (!enabled) return undefined;
    const next: MemoryRegion | undefined = yield* seenThrough(layouts, region, size, subregions);
    if (next === region) return region;
    region = next;
  }
  return undefined;
}

function* seenThrough(
  layouts: Looks,
  region: MemoryRegion,
  size: number,
  subregions: readonly MemoryRegion[],
): Routine<MemoryRegion | undefined> {
  const { alias } = region;
  if (alias !== undefined) {
    const target = yield* layouts.of(alias.target);
    const whole = alias.offset === 0 && size >= target.size;
    return whole && target.address === 0 ? alias.target : region;
  }
  if ((yield* layouts.ops(region)) !== undefined) return region;
  const enabled: MemoryRegion[] = [];
  for (const each of subregions) {
    if ((yield* layouts.of(each)).enabled) enabled.push(each);
  }
  const [only] = enabled;
  if (only === undefined) return undefined;
  if (enabled.length > 1) return region;
  const child = yield* layouts.of(only);
  return child.address === 0 && child.size <= size ? only : region;
}

interface Window {
  readonly from: number;
  readonly to: number;
}

/** render_memory_region: what is seen of a tree, the highest priority in front. */
export function* render(layouts: Looks, root: MemoryRegion | undefined): Routine<FlatRange[]> {
  const ranges: FlatRange[] = [];
  if (root !== undefined) {
    const { size, address } = yield* layouts.of(root);
    yield* renderInto(layouts, ranges, root, -address, { from: 0, to: size });
  }
  return ranges.sort((a, b) => a.start - b.start);
}

/** @param base - what to add to the region's own address */
function* renderInto(
  layouts: Looks,
  ranges: FlatRange[],
  region: MemoryRegion,
  base: number,
  clip: Window,
): Routine {
  const { enabled, address, size, subregions } = yield* layouts.of(region);
  if (!enabled) return;
  const start = base + address;
  const inside = { from: Math.max(clip.from, start), to: Math.min(clip.to, start + size) };
  if (inside.from >= inside.to) return;
  if (region.alias !== undefined) {
    const { target, offset } = region.alias;
    const shift = (yield* layouts.of(target)).address;
    yield* renderInto(layouts, ranges, target, start - shift - offset, inside);
    return;
  }
  for (const each of subregions) yield* renderInto(layouts, ranges, each, start, inside);
  const ops = yield* layouts.ops(region);
  if (ops === undefined) return;
  for (const gap of gaps(ranges, inside)) {
    const { from, to } = gap;
    ranges.push({ region, start: from, size: to - from, offset: from - start, ops });
  }
}

/** The parts of a window in which nothing is seen yet. */
function gaps(ranges: readonly FlatRange[], { from, to }: Window): Window[] {
  const taken = ranges
    .filter(({ start, size }) => start < to && start + size > from)
    .sort((a, b) => a.start - b.start);
  const found: Window[] = [];
  let at = from;
  for (const { start, size } of taken) {
    if (start > at) found.push({ from: at, to: start });
    at = Math.max(at, start + size);
  }
  if (at < to) found.push({ from: at, to });
  return found;
}
