import type { Atomic, Routine } from '../../../src/index.js';
import type { MemoryDesign } from '../../memory/design.js';
import type { Memory } from '../../memory/memory.js';
import { rebuild } from '../../memory/topology.js';
import { reference, unreference } from '../../qom/lifetime.js';
import type { QomObject } from '../../qom/object.js';
import { head } from './head.js';
import { per } from './per.js';

/** What a helper has to do: the owners of the regions that changed, which it holds. */
type Work = Atomic<readonly QomObject[]>;

const workOf: (memory: Memory) => Work = per(({ sim }: Memory) =>
  sim.atomic<readonly QomObject[]>('owners of changed regions', []),
);

/** The memories whose helper was started: known to who holds the big lock. */
const started = new WeakSet<Memory>();

/**
 * D16. A helper thread changes the map and waits for all who may still look at the old one, so that no callback has to: until then it
 * holds the owners of what changed. Named and rejected by Avi Kivity, 2012, as D15 is: who asked for the change is told by neither when
 * it is there, so that no hazard tells the two apart. Upstream leaves only the waiting to a thread.
 */
export const helperCommit: MemoryDesign = {
  ...head,
  name: 'helper-commit',
  lockless: true,
  *made({ memory }) {
    workOf(memory);
  },
  viewHolds: () => undefined,
  *publish(memory, changed, now) {
    if (!memory.machine.running) {
      yield* now();
      return;
    }
    const owners = changed.map(({ owner }) => owner).filter((owner) => owner !== undefined);
    for (const owner of owners) yield* reference(owner);
    yield* workOf(memory).update((work) => [...work, ...owners]);
    if (started.has(memory)) return;
    started.add(memory);
    yield* memory.sim.spawn('map helper', () => serve(memory), { service: true });
  },
};

function* serve(memory: Memory): Routine {
  const { bigLock, callRcu } = memory.machine;
  const work = workOf(memory);
  for (;;) {
    yield* memory.sim.serve(() => work.peek().length > 0, 'a change of the map');
    yield* bigLock.lock();
    const owners = yield* work.exchange([]);
    yield* rebuild(memory);
    yield* bigLock.unlock();
    yield* callRcu.rcu.synchronize();
    yield* bigLock.lock();
    for (const owner of owners) yield* unreference(owner);
    yield* bigLock.unlock();
  }
}
