export * from '../designs/singleton/index.js';
export { addAlias } from './alias.js';
export { chardevNew, queryCpuModelExpansion } from './by-name.js';
export { canonicalPath, pathComponent } from './canonical-path.js';
export { tryAddChild } from './child.js';
export { classIsA, classIsAbstract, type InterfaceClass } from './class.js';
export {
  addContainer,
  createMachine,
  machineGetContainer,
  objectGetContainer,
  objectGetRoot,
  qdevGetMachine,
} from './containers.js';
export {
  type CreationSite,
  chardevAddSite,
  cpuModelQuerySite,
  deviceAddSite,
  deviceListPropertiesSite,
  type IntrospectionSite,
  internalSite,
  type KeepingSite,
  newWithPropsSite,
  objectAddSite,
  qomListPropertiesSite,
} from './creation-sites.js';
export { type ErrorClass, failed, QemuError } from './error.js';
export {
  type PropertyInfo,
  qmpDeviceListProperties,
  qmpQomGet,
  qmpQomList,
  qmpQomListProperties,
  qmpQomSet,
} from './introspection.js';
export {
  addConstLink,
  addLink,
  allowAlways,
  type LinkCheck,
  type LinkOptions,
  type LinkTarget,
  linkProperty,
} from './link.js';
export { complete, initializeChildWithProps } from './object-new.js';
export { type Resolved, resolvePath, resolveType } from './path.js';
export { resolvePathComponent } from './path-component.js';
export { findProperty, type PropertyAccessor, tryAddProperty } from './property.js';
export {
  getProperty,
  parseProperty,
  setProperties,
  setProperty,
  type ValueAccess,
  valueProperty,
} from './property-access.js';
export {
  type Inspected,
  Singleton,
  type SingletonDesign,
  Singletons,
} from './singleton.js';
export { containerType, interfaceType, singletonType, userCreatableType } from './type-info.js';
export { qmpObjectAdd, userCreatableAddType, userCreatableDel } from './user-creatable.js';
export { type Option, OptsInput } from './visitors/opts-input.js';
export { asDict, type QDict, type QObject } from './visitors/qobject.js';
export { QObjectInput, type Scalars } from './visitors/qobject-input.js';
export { QObjectOutput } from './visitors/qobject-output.js';
export {
  type AnyShape,
  boolShape,
  enumShape,
  integerShape,
  intShape,
  listShape,
  type Members,
  type Optional,
  optional,
  type Shape,
  type Structure,
  sizeShape,
  stringShape,
  structShape,
  unionShape,
} from './visitors/shape.js';
export { StringInput } from './visitors/string-input.js';
export { StringOutput } from './visitors/string-output.js';
export type { Name, Visited, Visitor } from './visitors/visitor.js';
export { objectNewWithProps } from './with-props.js';
