import type { Holder } from '../models/qom/holders.js';
import type { QomObject } from '../models/qom/object.js';

/** Who holds a reference: a thread by its name. */
type Keeper = Holder | QomObject | string;

/**
 * What keeps an object alive, in words: for each reference the shortest way to something that keeps itself, as in
 * `held by pci, which is held by bridge0`, or back to the object: `which is held by nic0 itself`. Peeks.
 */
export function keptBy(object: QomObject): string {
  const { all } = object.holders;
  const count = object.ref.peek();
  const ways = new Map<string, number>();
  for (const holder of all) {
    const names = wayTo(holder, object).map((name) =>
      name === object.name ? `${name} itself` : name,
    );
    const way = names.join(', which is held by ');
    ways.set(way, (ways.get(way) ?? 0) + 1);
  }
  const texts = [...ways].sort().map(([way, times]) => {
    return times === 1 ? `held by ${way}` : `held ${times} times by ${way}`;
  });
  if (count > all.length) texts.push(`nobody is known to hold ${count - all.length} of ${count}`);
  return texts.length === 0 ? 'held by nobody' : texts.join('; ');
}

/** From a holder on, breadth first: names only. */
function wayTo(first: Keeper, start: QomObject): readonly string[] {
  const queue: (readonly Keeper[])[] = [[first]];
  const seen = new Set<QomObject>();
  let longest: readonly Keeper[] = [first];
  for (let way = queue.shift(); way !== undefined; way = queue.shift()) {
    const last = way.at(-1) as Keeper;
    longest = way;
    const object = objectOf(last);
    if (object === undefined || object === start || isKept(object)) break;
    if (seen.has(object)) continue;
    seen.add(object);
    queue.push(...object.holders.all.map((next) => [...way, next]));
  }
  // That a thread has made what is there for ever is no reason.
  const made = longest.length > 1 && typeof longest.at(-1) === 'string';
  return (made ? longest.slice(0, -1) : longest).map(nameOf);
}

function objectOf(keeper: Keeper): QomObject | undefined {
  if (typeof keeper === 'string') return undefined;
  return isObject(keeper) ? keeper : keeper.object;
}

function isObject(keeper: Holder): keeper is QomObject {
  return 'holders' in keeper;
}

/** Whether no more is to be said: it has a place in the tree, directly in a container. */
function isKept(object: QomObject): boolean {
  if (!object.block.alive) return true;
  const parent = object.parent.peek();
  return parent !== undefined && (!parent.block.alive || parent.isA('container'));
}

function nameOf(keeper: Keeper): string {
  return typeof keeper === 'string' ? `thread ${keeper === '' ? '?' : keeper}` : keeper.name;
}
