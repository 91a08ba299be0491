import type { ExploreOptions, Report } from '../../../src/index.js';
import { explore } from '../../../src/index.js';
import type { Result } from '../brute.js';
import type { Program } from '../program.js';
import { toScenario } from '../scenario.js';
import { instructionsOf } from '../walk.js';

/** What came of comparing a search with brute force on one program. */
export type Agreement =
  | { readonly kind: 'too large' }
  | { readonly kind: 'agree'; readonly size: number }
  | { readonly kind: 'disagree'; readonly why: readonly string[] };

/** What a search reported, and the final states that it reached. */
export interface Found {
  readonly report: Report;
  readonly finals: readonly string[];
}

/** Searches a program to the end, past every violation, unless the options say otherwise. */
export function search(program: Program, options: ExploreOptions): Found {
  const finals = new Set<string>();
  const scenario = toScenario(program, { onFinal: (state) => finals.add(state) });
  const report = explore(scenario, { seed: 1, stopAfter: Infinity, ...options });
  return { report, finals: [...finals].sort() };
}

/**
 * Whether conditions see more than the trace: then the search may split traces, never join them, and neither numbers of
 * executions nor those of failing ones are numbers of traces.
 */
export function splitsTraces(program: Program): boolean {
  if (program.invariants !== undefined && program.invariants.length > 0) return true;
  for (const instruction of instructionsOf(program)) if (instruction.op === 'until') return true;
  return false;
}

/** The violations of a report by kind and property; brute force does not say who waits for whom. */
export function violationsOf({ violations }: Report): string[] {
  return [...new Set(violations.map(nameOf))].sort();
}

/** The violations that brute force found with at most so many preemptions. */
export function expectedViolations({ violations }: Result, preemptions = Infinity): string[] {
  const within = violations.filter((violation) => violation.preemptions <= preemptions);
  return [...new Set(within.map(nameOf))].sort();
}

export function nameOf({ kind, property }: { kind: string; property: string }): string {
  return kind === 'deadlock' ? kind : `${kind}: ${property}`;
}

/** Collects what differs, each as a sentence. */
export class Differences {
  readonly sentences: string[] = [];

  same(what: string, found: unknown, expected: unknown): void {
    const left = JSON.stringify(found);
    const right = JSON.stringify(expected);
    if (left === right) return;
    this.sentences.push(`${what}: the search says ${left}, brute force ${right}`);
  }

  /** Something that must hold, and what to say if it does not. */
  require(holds: boolean, otherwise: string): void {
    if (!holds) this.sentences.push(otherwise);
  }

  agreement(size: number): Agreement {
    if (this.sentences.length === 0) return { kind: 'agree', size };
    return { kind: 'disagree', why: this.sentences };
  }
}

/**
 * No violation can be had for fewer preemptions than the cheapest that brute force knows, and none can be unknown to it.
 */
export function judgeViolations(
  differ: Differences,
  what: string,
  report: Report,
  brute: Result,
): void {
  for (const violation of report.violations) {
    const name = nameOf(violation);
    const same = brute.violations.filter((other) => nameOf(other) === name);
    if (same.length === 0) differ.sentences.push(`${what}: brute force knows no ${name}`);
    else {
      const least = Math.min(...same.map(({ preemptions }) => preemptions));
      differ.require(
        violation.preemptions >= least,
        `${what}: ${name} with ${violation.preemptions} preemptions, but it takes ${least}`,
      );
    }
  }
}

/** Compares, with a search that throws being one that disagrees. */
export function guarded(compare: () => Agreement): Agreement {
  try {
    return compare();
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { kind: 'disagree', why: [`the search threw ${text}`] };
  }
}
