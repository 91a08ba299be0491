import { Session } from '../../src/engine/session.js';
import type { Strategy } from '../../src/explore/strategy.js';
import { explore, type Scenario, type StrategyName, scenario } from '../../src/index.js';
import { run } from '../../src/sim/run.js';
import { doing } from '../sim/support.js';

/** What tests of randomised strategies need: programs with known probabilities, and how near they are met. */

/** How many of so many trials with this probability are within four standard deviations. */
export function near(probability: number, trials: number): { least: number; most: number } {
  const deviation = Math.sqrt(trials * probability * (1 - probability));
  const mean = trials * probability;
  return { least: mean - 4 * deviation, most: mean + 4 * deviation };
}

/** Threads A, B, … with so many steps each that touch nothing. */
export function independent(...lengths: readonly number[]): Scenario {
  return scenario(`independent(${lengths.join()})`, (sim) => {
    lengths.forEach((length, i) => {
      const steps = Array.from({ length }, () => () => sim.pause());
      sim.thread('ABCDEFGH'.charAt(i), doing(...steps));
    });
  });
}

/** Two locks, taken in opposite orders: ten steps. */
export const deadlock01: Scenario = scenario('deadlock01', (sim) => {
  const a = sim.mutex('a');
  const b = sim.mutex('b');
  const x = sim.atomic('x', 0);
  const pairs = [
    [a, b],
    [b, a],
  ] as const;
  for (const [first, second] of pairs) {
    sim.thread(
      `${first.name} first`,
      doing(
        () => first.lock(),
        () => second.lock(),
        () => x.fetchAdd(1),
        () => second.unlock(),
        () => first.unlock(),
      ),
    );
  }
});

/** How often each schedule is taken, as letters of threads in order of creation. */
export function schedules(
  about: Scenario,
  strategy: Strategy,
  executions: number,
): Map<string, number> {
  const counts = new Map<string, number>();
  const session = new Session();
  for (let i = 0; i < executions; i++) {
    strategy.begin(i);
    const { schedule } = run(about, strategy, { session });
    const text = schedule.map((thread) => 'ABCDEFGH'.charAt(thread)).join('');
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return counts;
}

/** A scenario that fails in every execution, with the order of its steps as the property. */
export const orders: Scenario = scenario('orders', (sim) => {
  const order = sim.atomic('order', '');
  for (const name of ['A', 'B', 'C']) {
    const note = () => order.update((before) => before + name);
    sim.thread(name, doing(note, note, note, note));
  }
  sim.finally(() => sim.fail(order.peek()));
});

/** The order of the steps of execution `index`, in a search that begins with it. */
export function orderOf(strategy: StrategyName, index: number): string {
  const options = { strategy, seed: 'order', firstExecution: index, maxExecutions: 1 };
  return explore(orders, options).violations[0]!.property;
}
