import type { Property } from './property.js';
import type { TypeInfo } from './type-info.js';
import type { ObjectClass } from './type-table.js';

/** The class that stands for an interface as one type implements it. Upstream: include/qom/object.h:InterfaceClass. */
export interface InterfaceClass extends ObjectClass {
  readonly interfaceType: string;
  readonly concreteClass: string;
}

/** object_class_dynamic_cast: whether a class is, descends from, or implements a type. */
export function classIsA({ lineage, interfaces }: ObjectClass, type: string): boolean {
  const among = (types: readonly TypeInfo[]) => types.some(({ name }) => name === type);
  return among(lineage) || interfaces.some((each) => among(each.lineage));
}

/** object_class_is_abstract. Interfaces have no instances, whether they say so or not. */
export function classIsAbstract({ lineage }: ObjectClass): boolean {
  return lineage[0]?.abstract === true || lineage.at(-1)?.name === 'interface';
}

/** The properties of a class, its own first, then its ancestors': object_class_property_iter_init. */
export function* classProperties(klass: ObjectClass): Generator<Property, void, undefined> {
  for (const { classProperties: own } of klass.lineage) yield* own ?? [];
}

/** object_class_property_find */
export function findClassProperty(klass: ObjectClass, name: string): Property | undefined {
  for (const property of classProperties(klass)) if (property.name === name) return property;
  return undefined;
}
