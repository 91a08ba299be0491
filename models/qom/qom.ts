import type { Sim } from '../../src/index.js';
import { TypeTable } from './type-table.js';

/** When an object's properties go: upstream does it before instance_finalize since commit 76a6e1cc7c (2014). */
export type PropertyDeletion = 'before instance_finalize' | 'after instance_finalize';

/** The object model of one process. Objects know theirs, so that functions on objects need no more than the object. */
export class Qom {
  readonly sim: Sim;
  readonly types: TypeTable;
  readonly propertyDeletion: PropertyDeletion;

  constructor(sim: Sim, propertyDeletion: PropertyDeletion = 'before instance_finalize') {
    this.sim = sim;
    this.types = new TypeTable(sim);
    this.propertyDeletion = propertyDeletion;
  }
}
