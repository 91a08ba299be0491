import type { Execution } from './execution.js';
import { SimObject } from './object.js';

/** Stands for no object in particular: what `pause`, `choose` and `step` work on. @internal */
export class World extends SimObject {
  override readonly type: string = 'world';

  constructor(execution: Execution) {
    super(execution, '', undefined);
  }
}
