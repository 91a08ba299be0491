import type { Routine } from '../../src/index.js';
import { reference, unreference } from '../qom/lifetime.js';
import { addConstLink } from '../qom/link.js';
import type { QomObject } from '../qom/object.js';
import { removeProperty } from '../qom/property.js';
import { type BusChild, busState } from './state.js';

/**
 * Puts a device at the head of a bus's list. What is in the list holds the device; the link `child[i]`, by which it can be seen, does
 * not.
 *
 * Upstream: hw/core/qdev.c:bus_add_child.
 */
export function* busAddChild(bus: QomObject, device: QomObject): Routine {
  const { counts, children, qdev } = busState(bus);
  const { children: count, maxIndex: index } = yield* counts.read();
  yield* counts.write({ children: count + 1, maxIndex: index + 1 });
  const block = yield* qdev.sim.alloc(`${bus.name}.child[${index}]`);
  yield* reference(device, bus);
  const head = yield* children.load();
  yield* children.store({
    block,
    index,
    child: block.plain('child', device),
    next: block.atomic('next', head),
  });
  yield* addConstLink(bus, `child[${index}]`, device);
}

/**
 * Takes a device out of a bus's list; readers without the big lock may still be at its entry. The device's reference goes with the
 * entry.
 *
 * Upstream: hw/core/qdev.c:bus_remove_child.
 */
export function* busRemoveChild(bus: QomObject, device: QomObject): Routine {
  const { counts, children, qdev } = busState(bus);
  qdev.sim.log(`bus_remove_child ${device.name}`);
  let link = children;
  let entry = yield* link.load();
  while (entry !== undefined && (yield* entry.child.read()) !== device) {
    link = entry.next;
    entry = yield* link.load();
  }
  if (entry === undefined) return;
  const gone = entry;
  yield* link.store(yield* gone.next.load());
  const { children: count, maxIndex } = yield* counts.read();
  yield* counts.write({ children: count - 1, maxIndex });
  yield* removeProperty(bus, `child[${gone.index}]`);
  if (qdev.design.busEntries === 'freed at once') yield* busFreeBusChild(bus, gone);
  else yield* qdev.machine.callRcu.call(() => busFreeBusChild(bus, gone));
}

/** Upstream: hw/core/qdev.c:bus_free_bus_child. */
function* busFreeBusChild(bus: QomObject, { block, child }: BusChild): Routine {
  bus.qom.sim.log(`bus_free_bus_child ${block.name}`);
  yield* unreference(yield* child.read(), bus);
  yield* bus.qom.sim.free(block);
}

/** QTAILQ_FIRST: what came last. Needs the big lock. */
export function* firstBusChild(bus: QomObject): Routine<QomObject | undefined> {
  const entry = yield* busState(bus).children.load();
  return entry === undefined ? undefined : yield* entry.child.read();
}

/** What a walk does with a device. Returning true ends the walk. */
export type DeviceVisitor = (device: QomObject) => Routine<boolean | void>;

/**
 * Visits what is on a bus, newest first: under the big lock, or inside a read section.
 *
 * Upstream: QTAILQ_FOREACH_RCU over BusState's children.
 */
export function* eachBusChild(bus: QomObject, visit: DeviceVisitor): Routine {
  let entry = yield* busState(bus).children.load();
  while (entry !== undefined) {
    if ((yield* visit(yield* entry.child.read())) === true) return;
    entry = yield* entry.next.load();
  }
}

/** Visits what is on a bus inside a read section. Upstream: hw/core/bus.c:qbus_walk_children, without what is below. */
export function* walkBusChildren(bus: QomObject, visit: DeviceVisitor): Routine {
  const { rcu } = busState(bus).qdev.machine.callRcu;
  yield* rcu.readLock();
  yield* eachBusChild(bus, visit);
  yield* rcu.readUnlock();
}
