import { describe, expect, it } from 'vitest';
import { deviceState, type QomObject, qdevUnplug } from '../../../models/index.js';
import type { Routine, Sim } from '../../../src/index.js';
import { wrongWith } from '../support.js';
import { Bench } from './support.js';

function* count(sim: Sim, object: QomObject): Routine<number> {
  return yield* sim.step('look', () => object.ref.peek());
}

describe('a device that is hot-plugged', () => {
  it('should be held by the composition tree and by its bus, and let go by both when it is unplugged', () => {
    const counts: number[] = [];
    const setup = (sim: Sim): void => {
      const bench = new Bench(sim);
      counts.length = 0;
      bench.run(function* (bus) {
        const disk = yield* bench.plug('disk', bus);
        counts.push(yield* count(sim, disk), yield* count(sim, bus));
        yield* qdevUnplug(disk);
        counts.push(yield* count(sim, disk), yield* count(sim, bus));
      });
      sim.finally(() => {
        const [event, ...more] = bench.qdev.events.peek();
        sim.assert(more.length === 0, 'more than one event');
        sim.assert(event?.event === 'DEVICE_DELETED', 'not told');
      });
    };
    expect(wrongWith(setup)).toEqual([]);
    expect(counts).toEqual([2, 2, 1, 1]);
  });

  it('should be realized and then not, and have a path', () => {
    const seen: unknown[] = [];
    const setup = (sim: Sim): void => {
      const bench = new Bench(sim);
      seen.length = 0;
      bench.run(function* (bus) {
        const disk = yield* bench.plug('disk', bus);
        const { realized, canonicalPath, hotplugged } = deviceState(disk);
        seen.push(yield* realized.read(), yield* canonicalPath.read(), yield* hotplugged.read());
        yield* qdevUnplug(disk);
        seen.push(yield* realized.read());
      });
    };
    expect(wrongWith(setup)).toEqual([]);
    expect(seen).toEqual([true, '/machine/unattached/device[1]', true, false]);
  });
});
