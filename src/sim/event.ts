import { Mode } from '../engine/footprint.js';
import { checkAlive } from '../engine/memory.js';
import { SimObject } from '../engine/object.js';
import { makeOperation, type Operation, OperationKind } from '../engine/operation.js';
import { sync } from '../engine/sync.js';

/** A flag that threads wait for. Stays set until it is reset. @public */
export class SimEvent extends SimObject {
  override readonly type: string = 'event';
  /** @internal */
  isSet = false;

  /** Lets all waiters go on, now and until the next `reset`. */
  set(): Operation<void> {
    return makeOperation(set, this, undefined, undefined);
  }

  /** Makes later waiters wait again. */
  reset(): Operation<void> {
    return makeOperation(reset, this, undefined, undefined);
  }

  /** Enabled while the event is set. */
  wait(): Operation<void> {
    return makeOperation(wait, this, undefined, undefined);
  }

  /** Whether it is set, without a step: in `invariant`, `finally`, `until`, `step` and messages only. */
  peek(): boolean {
    this.execution.peeked(this);
    return this.isSet;
  }
}

const set = new OperationKind<SimEvent, undefined, undefined, void>({
  name: 'set',
  mode: Mode.write,
  execute({ object }, thread) {
    checkAlive(object);
    if (!object.isSet) object.counted(1);
    object.isSet = true;
    sync.merge(thread, object);
  },
});

const reset = new OperationKind<SimEvent, undefined, undefined, void>({
  name: 'reset',
  mode: Mode.write,
  execute({ object }) {
    checkAlive(object);
    if (object.isSet) object.counted(-1);
    object.isSet = false;
  },
});

const wait = new OperationKind<SimEvent, undefined, undefined, void>({
  name: 'wait',
  mode: Mode.read,
  enabled: ({ object }) => object.isSet,
  needs: ({ object }) => [{ object: object.id, least: 1, most: 1 }],
  execute({ object }, thread) {
    checkAlive(object);
    sync.acquire(thread, object);
  },
});
