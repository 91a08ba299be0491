import { Bits } from './bits.js';
import type { Known } from './facts.js';

/** Facts that do not hold together in any trace without the failure. */
export type Conjunction = readonly Known[];

/** More facts in a row explain nothing to a reader. */
const mostFacts = 6;
const mostCauses = 3;
/** So many combinations are tried for an exact answer, beyond pairs. */
const mostCombinations = 2_000_000;
/** Failing traces from which a conjunction is grown, for each cause. */
const mostSeeds = 64;

/**
 * The fewest causes that together cover all failing traces: one that all failing traces share, else up to three. Empty when there are
 * none so short.
 *
 * @param facts - best first
 */
export function causesOf(facts: readonly Known[], failing: number, others: number): Conjunction[] {
  if (others === 0) return [[]];
  const everywhere = Bits.all(failing);
  const common = facts.filter(({ holds }) => everywhere.without(holds).empty);
  // That something never happens is often a mere consequence: it counts where nothing else explains anything.
  for (const tiers of [[1, 2], [3]]) {
    const usable = facts.filter(({ tier }) => tier <= Math.max(...tiers));
    const single = cheapest(common, tiers, others);
    const causes = single === undefined ? cover(usable, failing, others) : [single];
    if (causes.length > 0) return causes;
  }
  return [];
}

/** Better kinds of facts are worth one fact more. */
function cheapest(
  facts: readonly Known[],
  tiers: readonly number[],
  others: number,
): Conjunction | undefined {
  let best: Conjunction | undefined;
  let least = Infinity;
  for (const tier of tiers) {
    const usable = facts.filter((fact) => fact.tier <= tier);
    const found = smallest(usable, others);
    const cost = (found?.length ?? Infinity) + tier;
    if (cost < least) {
      best = found;
      least = cost;
    }
  }
  return best;
}

/** The fewest facts that exclude all other traces: exact for one and two, and for more while there are few facts. */
function smallest(facts: readonly Known[], others: number): Conjunction | undefined {
  if (!excludes(facts, Bits.all(others))) return undefined;
  let combinations = facts.length;
  for (let size = 1; size <= mostFacts && size <= facts.length; size++) {
    if (size > 2 && combinations > mostCombinations) return greedy(facts, Bits.all(others));
    const found = ofSize(facts, size, facts.length, Bits.all(others));
    if (found !== undefined) return found;
    combinations *= (facts.length - size) / (size + 1);
  }
  return undefined;
}

function excludes(facts: readonly Known[], all: Bits): boolean {
  return facts.reduce((left, { remains }) => left.and(remains), all).empty;
}

/** The first conjunction of this size, where the worst fact of it is as good as possible. */
function ofSize(
  facts: readonly Known[],
  size: number,
  below: number,
  left: Bits,
): Conjunction | undefined {
  for (let i = size - 1; i < below; i++) {
    const fact = facts[i] as Known;
    if (size === 1) {
      if (left.disjoint(fact.remains)) return [fact];
      continue;
    }
    const rest = ofSize(facts, size - 1, i, left.and(fact.remains));
    if (rest !== undefined) return [...rest, fact];
  }
  return undefined;
}

/** Takes the fact that excludes most until nothing is left, then leaves out what is not needed. */
function greedy(facts: readonly Known[], all: Bits): Conjunction | undefined {
  const taken: Known[] = [];
  let left = all;
  // What is taken last may make earlier facts superfluous.
  while (!left.empty && taken.length < 2 * mostFacts) {
    let best: Known | undefined;
    let least = left.size;
    for (const fact of facts) {
      const { size } = left.and(fact.remains);
      if (size >= least) continue;
      best = fact;
      least = size;
    }
    if (best === undefined) return undefined;
    taken.push(best);
    left = left.and(best.remains);
  }
  if (!left.empty) return undefined;
  const kept = leaveOut(taken, all);
  return kept.length > mostFacts
    ? undefined
    : kept.sort((a, b) => facts.indexOf(a) - facts.indexOf(b));
}

function leaveOut(facts: readonly Known[], all: Bits): Known[] {
  let kept = [...facts];
  for (const fact of [...facts].reverse()) {
    const without = kept.filter((each) => each !== fact);
    if (excludes(without, all)) kept = without;
  }
  return kept;
}

/** Covers the failing traces with conjunctions, each time by one that covers the most of what is left. */
function cover(facts: readonly Known[], failing: number, others: number): Conjunction[] {
  const causes: Conjunction[] = [];
  let uncovered = Bits.all(failing);
  while (!uncovered.empty) {
    if (causes.length === mostCauses) return [];
    const best = widest(facts, uncovered, others);
    if (best === undefined) return [];
    causes.push(best);
    uncovered = uncovered.without(coverageOf(best, uncovered));
  }
  return causes;
}

function coverageOf(conjunction: Conjunction, uncovered: Bits): Bits {
  return conjunction.reduce((covered, { holds }) => covered.and(holds), uncovered);
}

function widest(facts: readonly Known[], uncovered: Bits, others: number): Conjunction | undefined {
  let best: Conjunction | undefined;
  let most = 0;
  const consider = (conjunction: Conjunction): void => {
    const covered = coverageOf(conjunction, uncovered).size;
    if (covered > most || (covered === most && conjunction.length < (best?.length ?? 0))) {
      best = conjunction;
      most = covered;
    }
  };
  for (let j = 0; j < facts.length; j++) {
    const b = facts[j] as Known;
    if (b.remains.empty) consider([b]);
    else {
      for (let i = 0; i < j; i++) {
        const a = facts[i] as Known;
        if (!a.remains.empty && a.remains.disjoint(b.remains)) consider([a, b]);
      }
    }
  }
  let seeds = 0;
  for (const seed of uncovered.members()) {
    if (seeds++ >= mostSeeds) break;
    const grown = grow(facts, seed, uncovered, Bits.all(others));
    if (grown !== undefined) consider(grown);
  }
  return best;
}

/** A conjunction that holds in one failing trace, and in as many others as a greedy choice allows. */
function grow(
  facts: readonly Known[],
  seed: number,
  uncovered: Bits,
  all: Bits,
): Conjunction | undefined {
  const usable = facts.filter(({ holds }) => holds.has(seed));
  const taken: Known[] = [];
  let left = all;
  let covered = uncovered;
  while (!left.empty && taken.length < mostFacts) {
    let best: Known | undefined;
    let most = 0;
    const before = left.size;
    for (const fact of usable) {
      const excluded = before - left.and(fact.remains).size;
      const score = excluded * covered.and(fact.holds).size;
      if (score <= most) continue;
      best = fact;
      most = score;
    }
    if (best === undefined) return undefined;
    taken.push(best);
    left = left.and(best.remains);
    covered = covered.and(best.holds);
  }
  return left.empty ? leaveOut(taken, all) : undefined;
}
