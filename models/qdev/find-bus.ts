import type { Routine } from '../../src/index.js';
import type { QomObject } from '../qom/object.js';
import { eachBusChild } from './bus-children.js';
import { busClass } from './device-type.js';
import { busState, deviceState } from './state.js';

/** Which bus is looked for: by its name, or by what it is. Names need not be unique. */
export type Wanted = { readonly name: string } | { readonly type: string };

/** qbus_is_full. Left out: a bus that says itself that it is full. */
export function* busIsFull(bus: QomObject): Routine<boolean> {
  const most = busClass(bus, 'maxDevices');
  return most !== undefined && (yield* busState(bus).counts.read()).children >= most;
}

/**
 * Looks for a bus in all that hangs from one, depth first. One that can take another device is preferred to one that is full.
 *
 * Upstream: system/qdev-monitor.c:qbus_find_recursive. Under the big lock, without a read section.
 */
export function* findBus(root: QomObject, wanted: Wanted): Routine<QomObject | undefined> {
  const match = yield* matches(root, wanted);
  if (match && !(yield* busIsFull(root))) return root;
  let full = match ? root : undefined;
  let found: QomObject | undefined;
  yield* eachBusChild(root, function* (device) {
    for (const bus of yield* deviceState(device).childBuses.read()) {
      const candidate = yield* findBus(bus, wanted);
      if (candidate === undefined) continue;
      if (!(yield* busIsFull(candidate))) {
        found = candidate;
        return true;
      }
      full ??= candidate;
    }
    return false;
  });
  return found ?? full;
}

function* matches(bus: QomObject, wanted: Wanted): Routine<boolean> {
  if ('type' in wanted) return bus.isA(wanted.type);
  return (yield* busState(bus).place.read()).name === wanted.name;
}
