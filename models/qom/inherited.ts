import type { QomObject } from './object.js';
import type { TypeInfo } from './type-info.js';

/** The hooks of a class that its descendants inherit. */
type Hook = 'unparent' | 'releaseMatters' | 'complete' | 'canBeDeleted';

/** A hook of the nearest type that has one. */
export function inherited<K extends Hook>(
  { lineage }: QomObject,
  hook: K,
): TypeInfo[K] | undefined {
  return lineage.find((type) => type[hook] !== undefined)?.[hook];
}
