import { Explainer } from '../explain/explain.js';
import type { Explanation } from '../explain/explanation.js';
import type { ExplainOptions } from '../explain/options.js';
import type { Violation } from '../replay/violation.js';
import type { Scenario } from '../sim/scenario.js';
import { asProblem } from './explore-one.js';
import type { Terminal } from './terminal.js';

/** Says of each violation which orderings lead to it and how rare it is; of those that nobody can explain, nothing. */
export function explainAll(
  scenario: Scenario,
  violations: readonly Violation[],
  options: ExplainOptions,
  terminal: Terminal,
): readonly Violation[] {
  const onProgress = (): boolean => {
    terminal.progress(`${scenario.name}: looking for the orderings that fail`);
    return !terminal.interrupted();
  };
  const explainer = new Explainer(scenario, { ...options, onProgress });
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
