import type { Routine } from '../../src/index.js';
import type { QomObject } from './object.js';
import { resolvePathComponent } from './path-component.js';
import { addProperty, findProperty } from './property.js';
import { getProperty, setProperty } from './property-access.js';
import { forwardField } from './visitors/forward-field.js';

/**
 * object_property_add_alias: a second name for a property of another object. A child becomes a link. The alias points to that object
 * and holds no reference: who uses it after the object is gone follows a dangling pointer.
 */
export function* addAlias(
  object: QomObject,
  name: string,
  target: QomObject,
  targetName: string,
): Routine<string> {
  const property = yield* findProperty(target, targetName);
  if (property === undefined) {
    const what = `${target.klass.type}.${targetName} does not exist`;
    return target.qom.sim.fail(`object_property_add_alias: ${what}`);
  }
  const { type, defaultValue } = property;
  return yield* addProperty(object, {
    name,
    type: type.startsWith('child<') ? `link<${type.slice('child<'.length)}` : type,
    ...(defaultValue === undefined ? {} : { defaultValue }),
    get: (_object, visitor) =>
      getProperty(target, targetName, forwardField(visitor, targetName, name)),
    set: (_object, visitor) =>
      setProperty(target, targetName, forwardField(visitor, targetName, name)),
    resolve: () => resolvePathComponent(target, targetName),
  });
}
