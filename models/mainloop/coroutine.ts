import type { Operation, Routine } from '../../src/index.js';

const parked: unique symbol = Symbol('parked');

/** What a coroutine does: a routine that may also be parked. */
export type CoroutineBody<T = void> = Generator<Operation | typeof parked, T, unknown>;

/** qemu_coroutine_yield: back to whoever entered the coroutine, until somebody enters it again. */
export function* coroutineYield(): CoroutineBody {
  yield parked;
}

/**
 * A function that can be left in its midst and entered again later, by any thread. Nothing holds what it works on meanwhile.
 *
 * Upstream: util/qemu-coroutine.c.
 */
export class Coroutine {
  private readonly body: CoroutineBody;

  /** qemu_coroutine_create */
  constructor(body: CoroutineBody) {
    this.body = body;
  }

  /** qemu_coroutine_enter: runs it in the thread that calls, until it is parked or ends. */
  *enter(): Routine {
    for (;;) {
      const { done, value } = this.body.next();
      if (done === true || value === parked) return;
      yield value;
    }
  }
}
