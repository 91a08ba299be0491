import { cpuNow } from './clock.js';
import { median } from './numbers.js';

/** What a contender did in one go. */
export interface Work {
  readonly executions: number;
  /** Accesses of shared state, whoever counts them. */
  readonly steps: number;
}

/** One of several ways to do the same work. */
export interface Contender {
  readonly name: string;
  /** Does about so many executions and says what it did. */
  run(executions: number): Work | Promise<Work>;
}

/** A contender's rates, one per round. */
export interface Lane {
  readonly name: string;
  readonly executionsPerSecond: readonly number[];
  readonly stepsPerSecond: readonly number[];
}

export interface RaceOptions {
  /** How often each contender runs; an odd number makes the median a measured value. */
  readonly rounds?: number;
  /** How long each contender runs in a round. */
  readonly sliceMs?: number;
}

/**
 * Lets contenders do the same work in turns and measures each turn.
 *
 * Not tinybench, which runs one task to its end before the next: on a machine that others use too, load comes and goes within
 * seconds, and only rates measured next to each other can be compared. Here every round runs every contender, each round beginning
 * with another one, and ratios are taken within a round.
 */
export async function race(
  contenders: readonly Contender[],
  { rounds = 9, sliceMs = 100 }: RaceOptions = {},
): Promise<Lane[]> {
  const lanes = contenders.map(({ name }) => ({
    name,
    executionsPerSecond: [] as number[],
    stepsPerSecond: [] as number[],
  }));
  const amounts: number[] = [];
  for (const contender of contenders) amounts.push(await amountFor(contender, sliceMs));
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < contenders.length; i++) {
      const turn = (round + i) % contenders.length;
      const { work, cpuMs } = await timed(contenders[turn]!, amounts[turn]!);
      lanes[turn]!.executionsPerSecond.push((work.executions / cpuMs) * 1000);
      lanes[turn]!.stepsPerSecond.push((work.steps / cpuMs) * 1000);
    }
  }
  return lanes;
}

/** How many times as fast as `b` the rates `a` are: the median over the rounds, and all of them. */
export function ratio(
  a: readonly number[],
  b: readonly number[],
): { readonly median: number; readonly all: readonly number[] } {
  const all = a.map((rate, round) => rate / b[round]!);
  return { median: median(all), all };
}

/** Also the warm-up: by the time a slice is filled, what is measured is compiled. */
async function amountFor(contender: Contender, sliceMs: number): Promise<number> {
  let amount = 1;
  for (;;) {
    const { cpuMs } = await timed(contender, amount);
    if (cpuMs >= sliceMs) return Math.ceil((amount * sliceMs) / cpuMs);
    amount = Math.ceil(amount * Math.min(4, (1.2 * sliceMs) / Math.max(cpuMs, 0.01)));
  }
}

async function timed(
  contender: Contender,
  amount: number,
): Promise<{ readonly work: Work; readonly cpuMs: number }> {
  // Nobody pays for the young garbage of the one before. A full collection here would slow down what follows: the engine drops code
  // that was not used since the last few of them.
  globalThis.gc?.({ type: 'minor', execution: 'sync' });
  const begun = cpuNow();
  const work = await contender.run(amount);
  return { work, cpuMs: cpuNow() - begun };
}
