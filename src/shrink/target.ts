import type { Finding, ViolationKind } from '../engine/violation.js';
import type { Recording } from '../replay/token.js';
import type { Scenario } from '../sim/scenario.js';

/** The failure that is sought, and in which executions. */
export interface Target {
  readonly kind: ViolationKind;
  readonly property: string;
  /**
   * Findings after which an execution ends. 1 for the first failure of an execution; what failed only after something else is
   * sought in executions that go on.
   */
  readonly haltAfter: number;
  readonly maxSteps: number;
}

/** What a recorded violation says about the executions in which it is to be found again. */
export function targetOf(
  scenario: Scenario,
  { kind, property }: { readonly kind: ViolationKind; readonly property: string },
  { ending, segments }: Recording,
): Target {
  const steps = segments.reduce((sum, segment) => sum + segment.steps, 0);
  return {
    kind,
    property,
    haltAfter: ending.finding === 1 ? 1 : Infinity,
    // It may have been found with more steps allowed than the scenario's own.
    maxSteps: ending.kind === 'livelock' ? steps : Math.max(scenario.maxSteps, steps),
  };
}

/** Where the target is among what was found so far: an index, or -1. */
export function placeOf({ kind, property }: Target, findings: readonly Finding[]): number {
  return findings.findIndex((finding) => finding.kind === kind && finding.property === property);
}
