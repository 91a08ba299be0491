import type { SingletonDesign } from '../../qom/singleton.js';
import { clearedInFinalize } from './cleared-in-finalize.js';
import { fallibleNew } from './fallible-new.js';
import { firstVersion } from './first-version.js';
import { glibConstructor } from './glib-constructor.js';
import { lockedHooks } from './locked-hooks.js';
import { noSingletons } from './none.js';
import { prePlugGuard } from './pre-plug-guard.js';
import { resolvedInTree } from './resolved-in-tree.js';
import { secondVersion } from './second-version.js';
import { setInInit } from './set-in-init.js';
import { typeRegistry } from './type-registry.js';
import { uniqueWhenActive } from './unique-when-active.js';

/** Every answer to: how is the one instance of a class created, found, and forgotten? */
export const singletonDesigns: readonly SingletonDesign[] = [
  noSingletons,
  prePlugGuard,
  firstVersion,
  secondVersion,
  lockedHooks,
  glibConstructor,
  fallibleNew,
  typeRegistry,
  resolvedInTree,
  uniqueWhenActive,
  clearedInFinalize,
  setInInit,
];

export {
  clearedInFinalize,
  fallibleNew,
  firstVersion,
  glibConstructor,
  lockedHooks,
  noSingletons,
  prePlugGuard,
  resolvedInTree,
  secondVersion,
  setInInit,
  typeRegistry,
  uniqueWhenActive,
};
