import { describe, expect, it } from 'vitest';
import { type BottomHalf, BottomHalves } from '../../../models/index.js';
import type { Routine, Sim } from '../../../src/index.js';
import { exploreAll, wrongWith } from '../support.js';

/** One thread, with what its bottom halves did. */
function alone(body: (halves: BottomHalves, log: string[], sim: Sim) => Routine, log: string[]) {
  return (sim: Sim): void => {
    const halves = new BottomHalves(sim, 'loop');
    sim.thread('main', function* () {
      log.length = 0;
      yield* body(halves, log, sim);
    });
  };
}

function* noting(log: string[], what: string): Routine {
  log.push(what);
}

describe('BottomHalves', () => {
  it('should run the one scheduled last first', () => {
    const log: string[] = [];
    const setup = alone(function* (halves) {
      for (const name of ['a', 'b']) {
        yield* halves.schedule(yield* halves.create(name, () => noting(log, name)));
      }
      yield* halves.poll();
    }, log);
    expect(wrongWith(setup)).toEqual([]);
    expect(log).toEqual(['b', 'a']);
  });

  it('should run once what was scheduled twice, and not at all what was cancelled', () => {
    const log: string[] = [];
    const setup = alone(function* (halves, _log, sim) {
      const twice = yield* halves.create('twice', () => noting(log, 'twice'));
      const never = yield* halves.create('never', () => noting(log, 'never'));
      yield* halves.schedule(twice);
      yield* halves.schedule(twice);
      yield* halves.schedule(never);
      yield* halves.cancel(never);
      sim.assert(yield* halves.poll(), 'nothing ran');
      sim.assert(!(yield* halves.poll()), 'something was left');
    }, log);
    expect(wrongWith(setup)).toEqual([]);
    expect(log).toEqual(['twice']);
  });

  it('should let one delete itself, and free it at the next poll', () => {
    const setup = (sim: Sim): void => {
      const halves = new BottomHalves(sim, 'loop');
      sim.thread('main', function* () {
        const half: BottomHalf = yield* halves.create('suicide', () => halves.delete(half));
        yield* halves.schedule(half);
        yield* halves.poll();
        yield* half.flags.load();
        yield* halves.poll();
        yield* half.flags.load();
      });
    };
    expect(wrongWith(setup)).toEqual(['use-after-free: bottom half suicide']);
  });

  it('should not run a deleted one', () => {
    const log: string[] = [];
    const setup = alone(function* (halves) {
      const half = yield* halves.create('deleted', () => noting(log, 'ran'));
      yield* halves.schedule(half);
      yield* halves.delete(half);
      yield* halves.poll();
    }, log);
    expect(wrongWith(setup)).toEqual([]);
    expect(log).toEqual([]);
  });

  it('should lose no request of another thread', () => {
    const setup = (sim: Sim): void => {
      const halves = new BottomHalves(sim, 'loop');
      const served = sim.atomic('served', 0);
      sim.thread('main', function* () {
        const half = yield* halves.create('half', function* () {
          yield* served.store(0);
        });
        const other = yield* sim.spawn('other', function* () {
          yield* served.store(1);
          yield* halves.schedule(half);
        });
        yield* halves.schedule(half);
        yield* halves.poll();
        yield* other.join();
        yield* halves.poll();
      });
      sim.finally(() => sim.assert(served.peek() === 0, 'a request was lost'));
    };
    const report = exploreAll(setup);
    expect(report.verdict).toBe('verified');
    expect(report.executions).toBeGreaterThan(1);
  });

  it('should run under no lock of its own: what it touches must be alive', () => {
    const setup = (sim: Sim): void => {
      const halves = new BottomHalves(sim, 'loop');
      sim.thread('main', function* () {
        const opaque = yield* sim.alloc('opaque');
        const field = opaque.plain('field', 0);
        const use = function* () {
          yield* field.read();
        };
        yield* halves.schedule(yield* halves.create('half', use));
        yield* sim.free(opaque);
        yield* halves.poll();
      });
    };
    expect(wrongWith(setup)).toEqual(['use-after-free: opaque']);
  });
});

describe('a guarded bottom half', () => {
  it('should engage its device while it runs, and leave the guard as it was', () => {
    const setup = (sim: Sim): void => {
      const halves = new BottomHalves(sim, 'loop');
      const guard = sim.plain('engaged_in_io', false);
      sim.thread('main', function* () {
        const body = function* () {
          sim.assert(yield* guard.read(), 'the device is not engaged');
        };
        for (const engaged of [false, true]) {
          yield* guard.write(engaged);
          yield* halves.schedule(yield* halves.create('guarded', body, guard));
          yield* halves.poll();
          sim.assert((yield* guard.read()) === engaged, 'the guard has changed');
        }
      });
    };
    expect(wrongWith(setup)).toEqual([]);
  });
});
