import { describe, expect, it } from 'vitest';
import { Session } from '../../../src/engine/session.js';
import { Probe, type Tried } from '../../../src/explore/dpor/probe.js';
import { Conditions } from '../../../src/explore/dpor/watch.js';
import { PrefixDiffers } from '../../../src/explore/strategy.js';
import { explore, type Sim, scenario } from '../../../src/index.js';
import { run } from '../../../src/sim/run.js';

/** Tries a sequence of steps, given by places of threads in the order of creation and the ways to go. */
function probe(setup: (sim: Sim) => void, ...steps: (readonly [number, number])[]): Probe {
  const session = new Session();
  const about = scenario('s', setup);
  const conditions = new Conditions(session);
  // Says which identities the threads have in this session.
  const { threads } = run(about, new Probe([], conditions), { session });
  const sequence = steps.map(([index, branch]): Tried => ({ thread: threads[index]!.id, branch }));
  const tried = new Probe(sequence, conditions);
  run(about, tried, { session });
  return tried;
}

describe('what is tried out', () => {
  const waiting = (sim: Sim): void => {
    const x = sim.atomic('x', 0);
    sim.thread('A', function* () {
      yield* sim.until(() => x.peek() === 1);
    });
    sim.thread('B', function* () {
      yield* x.store(1);
    });
  };

  it('should be nothing when the last step is blocked', () => {
    expect(probe(waiting, [0, 0]).outcome).toBeUndefined();
    expect(probe(waiting, [1, 0], [0, 0]).outcome).toMatchObject({ branch: 0 });
  });

  it('should be refused when another step is', () => {
    const tried = (): Probe => probe(waiting, [0, 0], [1, 0]);
    expect(tried).toThrow(PrefixDiffers);
    expect(tried).toThrow('step 1 could not be taken in an equivalent order');
  });

  it('should go the ways that it is told, or the last one', () => {
    const chosen: number[] = [];
    const choosing = (sim: Sim): void => {
      sim.thread('A', function* () {
        chosen.push(yield* sim.choose(3));
        yield* sim.pause();
      });
    };
    probe(choosing, [0, 1], [0, 0]);
    probe(choosing, [0, 5], [0, 0]);
    expect(chosen).toEqual([1, 2]);
  });

  it('should begin anew where only then data races are to be looked for', () => {
    const looks = scenario('looks', (sim) => {
      const x = sim.atomic('x', 0);
      sim.thread('B', function* () {
        yield* x.store(1);
      });
      sim.thread('A', function* () {
        const seen = yield* sim.step('look', () => x.peek());
        // Not before the other order is tried out.
        if (seen === 0) yield* sim.plain('p', 0).write(1);
      });
    });
    expect(explore(looks)).toMatchObject({ executions: 2, complete: true });
  });
});
