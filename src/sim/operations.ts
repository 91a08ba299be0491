import type { SimObject } from '../engine/object.js';
import { Operation, type OperationKind } from '../engine/operation.js';

/**
 * Makes an operation and forgets all of its type but the result: inside a kind its object and arguments are typed, to the author
 * of a scenario only the result matters.
 */
export function operation<T, O extends SimObject, A, B>(
  kind: OperationKind<O, A, B, T>,
  object: O,
  argument: A,
  extra: B,
): Operation<T> {
  return new Operation(kind, object, argument, extra) as unknown as Operation<T>;
}
