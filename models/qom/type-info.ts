import type { Block, Routine } from '../../src/index.js';
import type { QomObject } from './object.js';

/**
 * What is registered about a type. `Fields` is what an instance has beyond the object itself.
 *
 * Upstream: include/qom/object.h:TypeInfo.
 */
export interface TypeInfo<Fields = unknown> {
  readonly name: string;
  /** Every type has one, except the root `object`. */
  readonly parent?: string;
  /** Abstract types have no instances. */
  readonly abstract?: boolean;
  /** Lays the instance out: makes the parts of its block. No step, like a struct declaration. */
  readonly fields?: (block: Block) => Fields;
  readonly instanceInit?: (object: QomObject) => Routine;
  readonly instancePostInit?: (object: QomObject) => Routine;
  readonly instanceFinalize?: (object: QomObject) => Routine;
  /** The class's `unparent` hook, inherited: called while the parent pointer is still set. */
  readonly unparent?: (object: QomObject) => Routine;
  /**
   * Whether dropping an instance from the composition tree has an effect that another release of the same parent could see, so
   * that their order matters. Inherited; absent: it has.
   */
  readonly releaseMatters?: (object: QomObject) => Routine<boolean>;
}

/** The root of the tree of types. Upstream: qom/object.c:object_info. */
export const objectType: TypeInfo = { name: 'object', abstract: true };
