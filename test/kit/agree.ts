import { explore, type Report } from '../../src/index.js';
import { exploreTraces } from './brute.js';
import type { Program } from './program.js';
import { toScenario } from './scenario.js';
import { instructionsOf } from './walk.js';

/** What came of comparing a search with brute force on one program. */
export type Agreement =
  | { readonly kind: 'too large' }
  | { readonly kind: 'agree'; readonly traces: number }
  | { readonly kind: 'disagree'; readonly why: string };

function violationsOf(report: Report): string[] {
  return [...new Set(report.violations.map(({ kind, property }) => nameOf(kind, property)))].sort();
}

/** Brute force does not say who waits for whom. */
function nameOf(kind: string, property: string): string {
  return kind === 'deadlock' ? kind : `${kind}: ${property}`;
}

/** Conditions that see more than the trace: with them the search may split traces, never join them. */
function splitsTraces(program: Program): boolean {
  if (program.invariants !== undefined && program.invariants.length > 0) return true;
  for (const instruction of instructionsOf(program)) if (instruction.op === 'until') return true;
  return false;
}

function same(what: string, found: unknown, expected: unknown): string[] {
  const left = JSON.stringify(found);
  const right = JSON.stringify(expected);
  return left === right ? [] : [`${what}: the search says ${left}, brute force ${right}`];
}

/** Compares the search for one execution of each trace with brute force. */
export function compareDpor(program: Program, limit = 20_000): Agreement {
  const brute = exploreTraces(program, { limit });
  if (brute === 'too large') return { kind: 'too large' };
  const finals = new Set<string>();
  const scenario = toScenario(program, { onFinal: (state) => finals.add(state) });
  const report = explore(scenario, {
    strategy: 'dpor',
    seed: 1,
    stopAfter: Infinity,
    maxExecutions: 20 * limit,
  });
  const problems = [
    ...same('complete', report.complete, true),
    ...same(
      'violations',
      violationsOf(report),
      [...new Set(brute.violations.map(({ kind, property }) => nameOf(kind, property)))].sort(),
    ),
    ...same('final states', [...finals].sort(), brute.finals),
  ];
  if (!splitsTraces(program)) {
    problems.push(
      ...same('traces', report.executions, brute.traces),
      ...same('redundant', report.redundant, 0),
      ...same('deadlocks', report.deadlocks, brute.deadlocks),
      ...same('failing', report.failing, brute.failing),
    );
  } else if (report.executions < brute.traces) {
    problems.push(...same('traces, at least', report.executions, brute.traces));
  }
  return problems.length === 0
    ? { kind: 'agree', traces: brute.traces }
    : { kind: 'disagree', why: problems.join('\n') };
}
