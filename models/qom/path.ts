import type { Routine } from '../../src/index.js';
import { objectGetRoot } from './containers.js';
import type { QomObject } from './object.js';
import { resolvePathComponent } from './path-component.js';
import type { Qom } from './qom.js';

/** What a partial path comes to: an object, none, or more than one. Nobody takes a reference for the result. */
export type Resolved = QomObject | 'ambiguous' | undefined;

/**
 * object_resolve_path_type: a path from the root, or a partial path, which has to be found once among all objects. Objects of other
 * types are passed over.
 */
export function* resolvePath(qom: Qom, path: string, type: string = 'object'): Routine<Resolved> {
  const root = yield* objectGetRoot(qom);
  const [first, ...rest] = path === '' ? [] : path.split('/');
  if (first === '') return yield* resolveAbsolute(root, rest, type);
  return yield* resolvePartial(root, first === undefined ? [] : [first, ...rest], type);
}

/** object_resolve_type_unambiguous, without its errors: the one object of a type in the tree. */
export function* resolveType(qom: Qom, type: string): Routine<Resolved> {
  return yield* resolvePath(qom, '', type);
}

/** object_resolve_abs_path: empty components, as in `//machine/`, are passed over. */
function* resolveAbsolute(
  from: QomObject,
  parts: readonly string[],
  type: string,
): Routine<QomObject | undefined> {
  let at = from;
  for (const part of parts) {
    if (part === '') continue;
    const next = yield* resolvePathComponent(at, part);
    if (next === undefined) return undefined;
    at = next;
  }
  return at.isA(type) ? at : undefined;
}

/** object_resolve_partial_path: from here and, depth first, from every child. */
function* resolvePartial(
  from: QomObject,
  parts: readonly string[],
  type: string,
): Routine<Resolved> {
  let found = yield* resolveAbsolute(from, parts, type);
  for (const { child } of yield* from.properties.read()) {
    if (child === undefined) continue;
    const below = yield* resolvePartial(child, parts, type);
    if (below === undefined) continue;
    if (found !== undefined || below === 'ambiguous') return 'ambiguous';
    found = below;
  }
  return found;
}
