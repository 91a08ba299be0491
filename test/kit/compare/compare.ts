import { generateProgram, type Profile } from '../generate.js';
import { printProgram } from '../print.js';
import type { Program } from '../program.js';
import { shrinkProgram } from '../shrink.js';
import type { Agreement } from './agreement.js';
import type { StrategyName } from './command.js';
import { compareDfs } from './dfs.js';
import { compareDpor } from './dpor.js';

export const comparisons: Record<StrategyName, (program: Program) => Agreement> = {
  dpor: compareDpor,
  dfs: compareDfs,
};

/** Every interleaving is much more than every trace. */
export const scales: Record<StrategyName, number> = { dpor: 1, dfs: 0.5 };

/** A program on which a search and brute force disagree, made as small as possible. */
export interface Disagreement {
  /** Its number in its sequence. */
  readonly index: number;
  readonly program: Program;
  readonly why: readonly string[];
}

/** What came of comparing on programs of one profile. */
export interface Outcome {
  /** Traces or interleavings of the programs on which both agree. */
  readonly sizes: readonly number[];
  readonly tooLarge: number;
  readonly disagreements: readonly Disagreement[];
}

export interface Task {
  readonly strategy: StrategyName;
  readonly profile: Profile;
  readonly seed: number;
  readonly first?: number;
  readonly runs: number;
  readonly scale?: number | undefined;
}

/**
 * Compares a search with brute force on the programs of a sequence.
 *
 * @param onDisagreement - told about each as soon as it is shrunk
 */
export function compareMany(
  { strategy, profile, seed, first = 0, runs, scale = scales[strategy] }: Task,
  onDisagreement?: (disagreement: Disagreement) => void,
): Outcome {
  const compare = comparisons[strategy];
  const sizes: number[] = [];
  const disagreements: Disagreement[] = [];
  let tooLarge = 0;
  for (let index = first; index < first + runs; index++) {
    const program = generateProgram(seed, index, profile, scale);
    const agreement = compare(program);
    if (agreement.kind === 'agree') sizes.push(agreement.size);
    else if (agreement.kind === 'too large') tooLarge++;
    else {
      const disagreement = { index, ...smallest(program, compare, agreement.why) };
      disagreements.push(disagreement);
      onDisagreement?.(disagreement);
    }
  }
  return { sizes, tooLarge, disagreements };
}

function smallest(
  program: Program,
  compare: (program: Program) => Agreement,
  why: readonly string[],
): { program: Program; why: readonly string[] } {
  const small = shrinkProgram(program, (candidate) => compare(candidate).kind === 'disagree');
  const again = compare(small);
  return { program: small, why: again.kind === 'disagree' ? again.why : why };
}

/** A disagreement as a text to read. */
export function describeDisagreement({ program, why }: Disagreement): string {
  return [printProgram(program), ...why.map((sentence) => `  ${sentence}`)].join('\n');
}
