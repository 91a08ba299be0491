import type { Explanation, Rarity } from '../explain/explanation.js';
import { count, grouped, roughly } from './numbers.js';

/** Probabilities below this are said as one in so many. */
const leastPercentage = 0.001;

function digits(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** `22.9 %`, or `1 in 8,390,000` for a small one. */
function chance(probability: number): string {
  if (probability === 0) return '0 %';
  if (probability >= leastPercentage) return `${digits(probability * 100)} %`;
  return `1 in ${roughly(Number((1 / probability).toPrecision(3)))}`;
}

/** How likely a random walk is to fail so. */
function walks({ probability, exact, interval, executions }: Rarity): string {
  if (exact) return `a random walk fails so with probability ${chance(probability)}`;
  const [low, high] = interval;
  const sample = count(executions, 'random walk');
  const among = probability === 0 ? `none of ${sample} does` : `in a sample of ${sample}`;
  const estimate =
    probability === 0
      ? `at most ${chance(high)} by the 95 % interval`
      : `about ${chance(probability)}, 95 % interval ${chance(low)} to ${chance(high)}`;
  return `a random walk fails so with a probability of ${estimate} (${among})`;
}

/** Two lines: which orderings lead to a failure, and how rare it is. @internal */
export function explanationLines(explanation: Explanation): readonly string[] {
  const { sentence, exhausted, traces, failing, rarity } = explanation;
  const rare = `${walks(rarity)}.`;
  if (!exhausted) return [sentence, rare.replace(/^a/, 'A')];
  const among = `${grouped(failing)} of ${count(traces, 'trace')}`;
  return [sentence, `${among} ${failing === 1 ? 'fails' : 'fail'} so; ${rare}`];
}
