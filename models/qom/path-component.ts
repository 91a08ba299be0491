import type { Routine } from '../../src/index.js';
import type { QomObject } from './object.js';
import { findProperty } from './property.js';

/** object_resolve_path_component: a child, the target of a link, or what an alias of these leads to. */
export function* resolvePathComponent(
  parent: QomObject,
  component: string,
): Routine<QomObject | undefined> {
  const property = yield* findProperty(parent, component);
  return property?.resolve === undefined ? undefined : yield* property.resolve(parent);
}
