import { Explainer } from '../explain/explain.js';
import type { Explanation } from '../explain/explanation.js';
import type { ExplainOptions } from '../explain/options.js';
import type { ExploreOptions } from '../explore/options.js';
import type { Report } from '../explore/report.js';
import type { Violation } from '../replay/violation.js';
import type { Scenario } from '../sim/scenario.js';
import { asProblem } from './explore-one.js';
import type { Terminal } from './terminal.js';

/**
 * Says of each violation which orderings lead to it and how rare it is.
 *
 * @param options - the budget; without `evenInPart` nothing is said unless it suffices for every trace
 */
export function explainAll(
  scenario: Scenario,
  violations: readonly Violation[],
  { evenInPart = false, ...options }: ExplainOptions & { readonly evenInPart?: boolean },
  terminal: Terminal,
): readonly Violation[] {
  const onProgress = (): boolean => {
    terminal.progress(`${scenario.name}: looking for the orderings that fail`);
    return !terminal.interrupted();
  };
  const explainer = new Explainer(scenario, { ...options, onProgress });
  if (!evenInPart && !asProblem(scenario.name, () => explainer.exhausts)) return violations;
  const known = new Map<string, Explanation>();
  return violations.map((violation) => {
    if (violation.kind === 'nondeterminism' || terminal.interrupted()) return violation;
    const key = JSON.stringify([violation.kind, violation.property]);
    const explanation =
      known.get(key) ?? asProblem(scenario.name, () => explainer.explain(violation));
    known.set(key, explanation);
    // What an interrupt cut short would not be the same the next time.
    return terminal.interrupted() ? violation : { ...violation, explanation };
  });
}

/** What may be spent on a failure that is explained because it was found: some tenths of a second, the same on every machine. */
const modestBudget: ExplainOptions = { maxExecutions: 500, walks: 500 };

/** The same report with every violation explained, if a modest budget allows to explore every trace. */
export function explainReport(
  scenario: Scenario,
  report: Report,
  { maxSteps }: ExploreOptions,
  terminal: Terminal,
): Report {
  const { violations } = report;
  if (violations.every(({ kind }) => kind === 'nondeterminism')) return report;
  const limits = { ...modestBudget, ...(maxSteps === undefined ? {} : { maxSteps }) };
  return { ...report, violations: explainAll(scenario, violations, limits, terminal) };
}
