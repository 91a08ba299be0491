import type { Block, Plain, Refcount, Routine } from '../../src/index.js';
import { classIsA } from './class.js';
import { Holders } from './holders.js';
import type { Property } from './property.js';
import type { Qom } from './qom.js';
import type { TypeInfo } from './type-info.js';
import type { ObjectClass } from './type-table.js';

/** Where an object lives: a heap block of its own, or part of the structure that embeds it. */
export interface Place {
  readonly block: Block;
  /** Whether the memory is given back when the object is finalized: upstream's `free` hook. */
  readonly heap: boolean;
}

/**
 * An object: its memory, and the count of references. The count is the only part that is atomic; the parent pointer and the
 * properties are protected by the big lock, by convention.
 *
 * Upstream: include/qom/object.h:struct Object.
 */
export class QomObject {
  readonly ref: Refcount;
  /** Who holds the references, for messages. */
  readonly holders: Holders;
  /** Holds no reference. */
  readonly parent: Plain<QomObject | undefined>;
  readonly properties: Plain<readonly Property[]>;
  /** Where upstream's table of the properties is: it goes with the last of them, before instance_finalize. */
  readonly table: Block;
  readonly block: Block;
  /**
   * What the types of the object add to it, objects in place included: dead once instance_finalize has run, although the memory
   * may live on in the structure that embeds the object.
   */
  readonly instance: Block;
  /** What follows when an object in place is finalized; set by who embeds it, if at all: upstream's `free` hook. */
  freeHook: (() => Routine) | undefined = undefined;
  /** Whether it came to its end by object_finalize, for messages: memory may go without that. */
  finalized = false;
  private readonly fields = new Map<string, unknown>();

  constructor(
    readonly qom: Qom,
    /** What traces call it. */
    readonly name: string,
    readonly place: Place,
    readonly klass: ObjectClass,
  ) {
    const { block } = place;
    this.block = block;
    this.ref = block.refcount('ref', 1);
    this.holders = new Holders(qom.sim.self);
    qom.made.add(this);
    this.parent = block.plain<QomObject | undefined>('parent', undefined);
    this.table = block.embed('properties');
    this.properties = this.table.plain<readonly Property[]>('table', []);
    this.instance = block.embed('');
    for (const type of [...klass.lineage].reverse()) {
      this.fields.set(type.name, type.fields?.(this.instance));
    }
  }

  /** The type and its ancestors, the type first. */
  get lineage(): readonly TypeInfo[] {
    return this.klass.lineage;
  }

  /** Whether it is an instance of a type, of one that descends from it, or of one that implements it: object_dynamic_cast. */
  isA(type: string): boolean {
    return classIsA(this.klass, type);
  }

  /** The part that a type added: upstream's checked cast, as in MIGRATION_OBJ(). */
  as<Fields>(type: TypeInfo<Fields>): Fields {
    if (!this.fields.has(type.name)) this.qom.sim.fail(`${this.name} is not a ${type.name}`);
    return this.fields.get(type.name) as Fields;
  }
}
