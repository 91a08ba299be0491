export { addAlias } from './alias.js';
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
export { type ErrorClass, failed, QemuError } from './error.js';
export {
  addConstLink,
  addLink,
  allowAlways,
  type LinkCheck,
  type LinkOptions,
  type LinkTarget,
  linkProperty,
} from './link.js';
export { initializeChildWithProps, objectNewWithProps } from './object-new.js';
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
export { containerType, interfaceType, userCreatableType } from './type-info.js';
export { StringInput } from './visitors/string-input.js';
export { StringOutput } from './visitors/string-output.js';
export type { Name, Visited, Visitor } from './visitors/visitor.js';
