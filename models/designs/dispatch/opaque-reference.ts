import type { Routine } from '../../../src/index.js';
import type { MemoryDesign } from '../../memory/design.js';
import type { FlatRange } from '../../memory/flat-view.js';
import { reference, unreference } from '../../qom/lifetime.js';
import { head } from './head.js';
import { dispatchHolding } from './reference-during-call.js';

/**
 * D2. Dispatch references the object that the callback works on, such as a bus inside the device. Argued by Liu Ping Fan in 2012. A
 * reference on an object in place does not keep the memory that it is part of.
 */
export const opaqueReference: MemoryDesign = {
  ...head,
  name: 'opaque-reference',
  lockless: true,
  viewHolds: () => undefined,
  dispatch: (space, access, reach) => dispatchHolding(space, access, reach, acquire, release),
};

function* acquire({ region: { opaque } }: FlatRange): Routine<boolean> {
  if (opaque !== undefined) yield* reference(opaque);
  return true;
}

function* release({ region: { opaque } }: FlatRange): Routine {
  if (opaque !== undefined) yield* unreference(opaque);
}
