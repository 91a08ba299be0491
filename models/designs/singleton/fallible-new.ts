import type { SingletonDesign } from '../../qom/singleton.js';
import { conflict } from './conflict.js';
import { noSingletons } from './none.js';
import { setInInit } from './set-in-init.js';

/**
 * G5. object_new has an Error, so that every caller handles a refusal, and nothing aborts that could be reported. Argued by Daniel
 * Berrangé as what would make singletons acceptable. Sites need not ask first; introspection of a type that has its instance fails.
 */
export const fallibleNew: SingletonDesign = {
  ...setInInit,
  name: 'fallible-new',
  *beforeNew(singleton) {
    return (yield* singleton.read()) === undefined ? undefined : conflict(singleton);
  },
  inspect: noSingletons.inspect,
};
