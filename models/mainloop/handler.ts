import type { Block, Routine } from '../../src/index.js';
import type { Machine } from '../machine.js';
import type { SharedState } from '../memory/shared-state.js';
import type { QomObject } from '../qom/object.js';
import type { IoThread } from './iothread.js';

/** What an event loop calls: a bottom half, or what is called for a file descriptor. */
export interface Handler {
  /** What traces call it, also where it holds a reference. */
  readonly name: string;
  /** Whom the callback works on, for designs that ask; upstream's handlers do not know. */
  readonly owner: (() => QomObject) | undefined;
  /** Whether it has been taken out for good: a peek, allowed where peeks are. */
  readonly out: () => boolean;
}

/** What one event loop does about those that it calls while others take them out. */
export interface HandlerRules {
  /** Before a handler can be found. */
  readonly registered: (handler: Handler) => Routine;
  /**
   * From the look at a handler until its callback has run. Returns whether it was called.
   *
   * @param look - whether it is to be called: nobody has taken it out
   */
  readonly dispatch: (
    handler: Handler,
    look: () => Routine<boolean>,
    call: () => Routine,
  ) => Routine<boolean>;
  /**
   * Takes a handler out.
   *
   * @param take - does it, and waits for nobody; returns the handler, if there was one
   * @param forGood - whether it does not come back
   */
  readonly removal: (take: () => Routine<Handler | undefined>, forGood: boolean) => Routine;
}

/**
 * An answer to: what may somebody count on who took a handler out of an event loop? All that the answers differ in.
 */
export interface HandlerDesign {
  readonly name: string;
  /** Which loop calls: that of the main thread, under the big lock, or one without it. */
  readonly thread: 'main loop' | 'iothread';
  /** What that loop does. */
  readonly rules: (machine: Machine, thread: () => IoThread) => HandlerRules;
  /** Drops the last reference on what the callback works on, once its handler is taken out. */
  readonly release: (machine: Machine, object: QomObject) => Routine;
  /** What callbacks read and others change. */
  readonly shared: (block: Block, name: string) => SharedState;
}

/** Upstream: a handler is looked at without a lock, and nothing is held while it is called. */
export const plainRules: HandlerRules = {
  *registered() {},
  *dispatch(_handler, look, call) {
    if (!(yield* look())) return false;
    yield* call();
    return true;
  },
  *removal(take) {
    yield* take();
  },
};
