import type { Holder } from '../models/qom/holders.js';
import type { QomObject } from '../models/qom/object.js';

/** Who holds a reference: a thread by its name. */
type Keeper = Holder | QomObject | string;

/**
 * What keeps an object alive, in words: for each reference the shortest way to something that keeps itself, as in
 * `held by pci, held by bridge0`, or back to the object. Peeks.
 */
export function keptBy(object: QomObject): string {
  const { all } = object.holders;
  const count = object.ref.peek();
  const ways = [
    ...new Set(all.map((holder) => `held by ${wayTo(holder, object).join(', held by ')}`)),
  ];
  ways.sort();
  if (count > all.length) ways.push(`nobody is known to hold ${count - all.length} of ${count}`);
  return ways.length === 0 ? 'held by nobody' : ways.join('; ');
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
