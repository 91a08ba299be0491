import type { Plain, Routine, Sim } from '../../src/index.js';
import { noSingletons } from '../designs/singleton/none.js';
import type { QomObject } from './object.js';
import { Singletons } from './singleton.js';
import { TypeTable } from './type-table.js';

/** When an object's properties go: upstream does it before instance_finalize since commit 76a6e1cc7c (2014). */
export type PropertyDeletion = 'before instance_finalize' | 'after instance_finalize';

/** Where a property may watch the object model; nothing here is upstream's. */
export interface QomProbes {
  /** An object is about to be unparented. */
  unparenting?: (object: QomObject) => Routine;
}

/** The object model of one process. Objects know theirs, so that functions on objects need no more than the object. */
export class Qom {
  readonly sim: Sim;
  readonly types: TypeTable;
  readonly propertyDeletion: PropertyDeletion;
  /** object_get_root's static variable: made at the first use, with no lock of its own. */
  readonly root: Plain<QomObject | undefined>;
  /** qdev_get_machine's static variable. */
  readonly machine: Plain<QomObject | undefined>;
  /** Every object ever made, for properties to look at; upstream keeps no such list. Its order says nothing. */
  readonly made: Set<QomObject> = new Set();
  readonly probes: QomProbes = {};
  readonly singletons: Singletons;

  constructor(sim: Sim, propertyDeletion: PropertyDeletion = 'before instance_finalize') {
    this.sim = sim;
    this.singletons = new Singletons(this, noSingletons);
    this.types = new TypeTable(sim, (info) => {
      this.singletons.declare(info);
    });
    this.propertyDeletion = propertyDeletion;
    this.root = sim.plain<QomObject | undefined>('root', undefined);
    this.machine = sim.plain<QomObject | undefined>('machine', undefined);
  }
}
