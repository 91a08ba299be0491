import type { Execution } from '../engine/execution.js';
import type { Operation } from '../engine/operation.js';
import type { ThreadBody } from '../engine/thread.js';
import { isGenerator } from '../engine/undone.js';

/** Calls a body given for later; it must be a generator function. */
export function checkBody(
  execution: Execution,
  what: string,
  body: ThreadBody,
): Generator<Operation, unknown, unknown> {
  const made: unknown = typeof body === 'function' ? body() : body;
  if (!isGenerator(made)) {
    throw execution.misuse(`${what} must be a generator function (function*)`);
  }
  return made as Generator<Operation, unknown, unknown>;
}
