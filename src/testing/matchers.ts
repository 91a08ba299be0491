import { UsageError } from '../engine/errors.js';
import { type ViolationKind, violationKinds } from '../engine/violation.js';
import { explore } from '../explore/explore.js';
import type { ExploreOptions } from '../explore/options.js';
import type { Violation } from '../replay/violation.js';
import { wasStopped } from '../report/stopped.js';
import { inconclusive } from '../report/summary.js';
import { renderHeadline } from '../report/text.js';
import { isScenario, type Scenario } from '../sim/scenario.js';
import { failureReport } from './failure-report.js';

/** What a matcher returns. @internal */
export interface Outcome {
  readonly pass: boolean;
  /** Why the assertion failed: the plain one when `pass` is false, the negated one when it is true. */
  readonly message: () => string;
}

function kindOf(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'object':
      return value === null ? 'null' : Array.isArray(value) ? 'an array' : 'an object';
    case 'function':
      return 'a function';
    default:
      return String(value);
  }
}

function scenarioFrom(received: unknown, matcher: string): Scenario {
  if (isScenario(received)) return received;
  throw new UsageError(
    `expect(...).${matcher}() needs a scenario, as scenario(name, setup) makes it, not ${kindOf(received)}`,
  );
}

/** @internal */
export function checkVerified(received: unknown, options: ExploreOptions = {}): Outcome {
  const scenario = scenarioFrom(received, 'toBeVerified');
  const report = explore(scenario, options);
  const headline = renderHeadline(report);
  return {
    pass: report.verdict === 'verified',
    message: () => {
      if (report.verdict === 'violated') return failureReport(report);
      if (report.verdict === 'verified') return `expected not to be verified\n${headline}`;
      if (wasStopped(report)) {
        return `not verified: the search was stopped before every execution was explored\n${headline}`;
      }
      return inconclusive(report)
        ? `not verified: the budget ended before every execution was explored (raise maxExecutions or timeLimitMs, or bound the search)\n${headline}`
        : `not verified: strategy "${report.strategy}" samples executions until the budget ended and cannot see that it saw all; toPass() accepts that\n${headline}`;
    },
  };
}

/** @internal */
export function checkPass(received: unknown, options: ExploreOptions = {}): Outcome {
  const scenario = scenarioFrom(received, 'toPass');
  const report = explore(scenario, options);
  return {
    pass: report.verdict !== 'violated',
    message: () =>
      report.verdict === 'violated'
        ? failureReport(report)
        : `expected a violation, and none was found\n${renderHeadline(report)}`,
  };
}

/** @internal */
export function checkViolation(
  received: unknown,
  kind: ViolationKind,
  options: ExploreOptions = {},
): Outcome {
  const scenario = scenarioFrom(received, 'toViolate');
  if (!violationKinds.includes(kind)) {
    throw new UsageError(
      `there is no kind of violation ${kindOf(kind)}; the kinds are ${violationKinds.join(', ')}`,
    );
  }
  let report = explore(scenario, options);
  const found = (): Violation | undefined => report.violations.find((each) => each.kind === kind);
  if (report.verdict === 'violated' && found() === undefined && options.stopAfter === undefined) {
    report = explore(scenario, { ...options, seed: report.seed, stopAfter: Infinity });
  }
  const violation = found();
  return {
    pass: violation !== undefined,
    message: () => {
      if (violation !== undefined) return failureReport(report, { violation });
      const expected = `expected a violation of kind "${kind}", and`;
      return report.violations.length === 0
        ? `${expected} none of any kind was found\n${renderHeadline(report)}`
        : `${expected} only others were found\n\n${failureReport(report)}`;
    },
  };
}
