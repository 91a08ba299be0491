import type { Block, Plain, Refcount } from '../../src/index.js';
import type { Property } from './property.js';
import type { TypeInfo } from './type-info.js';

/**
 * An object: a heap block with its count of references. The count is the only part that is atomic; the parent pointer and the
 * properties are protected by the big lock, by convention.
 *
 * Upstream: include/qom/object.h:struct Object.
 */
export class QomObject {
  readonly ref: Refcount;
  /** Holds no reference. */
  readonly parent: Plain<QomObject | undefined>;
  readonly properties: Plain<readonly Property[]>;
  /** What the types of the object add to it: dead once instance_finalize has run, before the memory is given back. */
  readonly instance: Block;
  private readonly fields = new Map<string, unknown>();

  constructor(
    /** What traces call it. */
    readonly name: string,
    readonly block: Block,
    /** The type and its ancestors, the type first. */
    readonly lineage: readonly TypeInfo[],
  ) {
    this.ref = block.refcount('ref', 1);
    this.parent = block.plain<QomObject | undefined>('parent', undefined);
    this.properties = block.plain<readonly Property[]>('properties', []);
    this.instance = block.embed('instance');
    for (const type of [...lineage].reverse()) {
      this.fields.set(type.name, type.fields?.(this.instance));
    }
  }

  /** The part that a type added: upstream's checked cast, as in MIGRATION_OBJ(). */
  as<Fields>(type: TypeInfo<Fields>): Fields {
    return this.fields.get(type.name) as Fields;
  }
}
