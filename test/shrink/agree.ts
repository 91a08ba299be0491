import {
  explore,
  type Minimized,
  minimize,
  replay,
  type Scenario,
  type Violation,
} from '../../src/index.js';
import { exploreTraces } from '../kit/brute.js';
import type { Program } from '../kit/program.js';
import type { FoundViolation } from '../kit/result.js';
import { toScenario } from '../kit/scenario.js';

/** What came of minimising the violations of one program. */
export interface Outcome {
  readonly minimized: number;
  readonly proven: number;
  /** What is wrong, in sentences. */
  readonly problems: readonly string[];
}

/** Whether a violation was not the first of its execution, so that it is sought in executions that go on. */
export function isLater({ token }: Violation): boolean {
  return /\.[vl][0-9a-z]+-/.test(token);
}

/** What is wrong with the token of a result. */
function checkToken(scenario: Scenario, given: Violation, result: Minimized): string[] {
  const { violation, preemptions, steps } = result;
  const again = replay(scenario, violation.token);
  const expected = [given.kind, given.property, preemptions, steps];
  const found = [again.violation?.kind, again.violation?.property, again.preemptions, again.steps];
  const stated = [violation.kind, violation.property, violation.preemptions, violation.steps];
  const wrong = [found, stated].filter((each) => each.join() !== expected.join());
  return wrong.map((each) => `expected ${expected.join(', ')}, not ${each.join(', ')}`);
}

/** Compares results with brute force, which says what the best execution is. */
export function compareMinimized(
  program: Program,
  seed: number,
  maxExecutions: number,
): Outcome | 'too large' {
  const first = exploreTraces(program, { limit: 20_000, stopAtViolation: true });
  const any = exploreTraces(program, { limit: 20_000 });
  if (first === 'too large' || any === 'too large') return 'too large';
  const scenario = toScenario(program);
  const report = explore(scenario, {
    strategy: 'random',
    seed,
    maxExecutions: 200,
    stopAfter: Infinity,
  });
  const deadlocks = deadlocksOf(scenario);
  const problems: string[] = [];
  let proven = 0;
  for (const violation of report.violations) {
    const result = minimize(scenario, violation, { maxExecutions });
    problems.push(...checkToken(scenario, violation, result));
    if (!result.provenMinimal) continue;
    proven++;
    const { kind, property } = violation;
    const best = (isLater(violation) ? any : first).violations.find(
      (each) => each.kind === kind && (kind === 'deadlock' || each.property === property),
    );
    // Brute force does not say who waits for whom: it knows the best of all deadlocks.
    const exact = kind !== 'deadlock' || deadlocks === 1;
    if (!agrees(result, best, exact)) {
      problems.push(
        `${kind} "${property}": ${result.preemptions} preemptions, ${result.steps} steps; brute ` +
          `force says ${best?.preemptions ?? 'none'}, ${best?.steps ?? 'none'}: ${violation.token}`,
      );
    }
  }
  return { minimized: report.violations.length, proven, problems };
}

function deadlocksOf(scenario: Scenario): number {
  const report = explore(scenario, { strategy: 'dpor', seed: 1, stopAfter: Infinity });
  const deadlocks = report.violations.filter(({ kind }) => kind === 'deadlock');
  return new Set(deadlocks.map(({ property }) => property)).size;
}

function agrees(result: Minimized, best: FoundViolation | undefined, exact: boolean): boolean {
  if (best === undefined) return false;
  const { preemptions, steps } = result;
  if (exact) return preemptions === best.preemptions && steps === best.steps;
  return (
    preemptions > best.preemptions || (preemptions === best.preemptions && steps >= best.steps)
  );
}
