import { checkOptions, UsageError } from '../engine/errors.js';
import type { Sim } from './sim.js';

/** What may be said about a scenario besides its set-up. @public */
export interface ScenarioOptions {
  /** Whether a block still allocated at the end of a complete execution is a `leak` (default false). */
  readonly leakCheck?: boolean;
  /** Steps after which an execution is a `livelock` (default 10 000). */
  readonly maxSteps?: number;
  /** One line for lists. */
  readonly description?: string;
  /** What the scenario is about: a citation. */
  readonly source?: string;
}

/** A concurrent program to explore. @public */
export interface Scenario {
  readonly name: string;
  /** Builds a fresh world; runs once per execution, synchronously. */
  readonly setup: (sim: Sim) => void;
  readonly leakCheck: boolean;
  readonly maxSteps: number;
  readonly description: string;
  readonly source: string;
}

const known: ReadonlySet<string> = new Set(['leakCheck', 'maxSteps', 'description', 'source']);

/**
 * Describes a concurrent program: `setup` makes the threads and what they share, afresh for every execution.
 *
 * @throws UsageError when the name is empty, `setup` is no function, or an option is unknown or has a value without meaning.
 * @public
 */
export function scenario(
  name: string,
  setup: (sim: Sim) => void,
  options: ScenarioOptions = {},
): Scenario {
  if (typeof name !== 'string' || name === '') {
    throw new UsageError('a scenario needs a name that is not empty');
  }
  if (typeof setup !== 'function') {
    throw new UsageError(`the set-up of scenario "${name}" must be a function`);
  }
  checkOptions(`scenario "${name}"`, options);
  const { leakCheck = false, maxSteps = 10_000, description = '', source = '' } = options;
  if (!Number.isInteger(maxSteps) || maxSteps < 1) {
    throw new UsageError(
      `maxSteps of scenario "${name}" must be a positive whole number, not ${maxSteps}`,
    );
  }
  if (typeof leakCheck !== 'boolean') {
    throw new UsageError(
      `leakCheck of scenario "${name}" must be true or false, not ${String(leakCheck)}`,
    );
  }
  for (const [option, text] of Object.entries({ description, source })) {
    if (typeof text === 'string') continue;
    throw new UsageError(`${option} of scenario "${name}" must be a text, not ${String(text)}`);
  }
  for (const option of Object.keys(options)) {
    if (!known.has(option)) {
      throw new UsageError(
        `scenario "${name}" has no option "${option}"; the options are ${[...known].join(', ')}`,
      );
    }
  }
  return Object.freeze({ name, setup, leakCheck, maxSteps, description, source });
}

/** Whether something found among other things is a scenario. @internal */
export function isScenario(value: unknown): value is Scenario {
  if (typeof value !== 'object' || value === null) return false;
  const { name, setup, maxSteps } = value as Partial<Record<keyof Scenario, unknown>>;
  return typeof name === 'string' && typeof setup === 'function' && typeof maxSteps === 'number';
}

/**
 * Refuses what is not a scenario.
 *
 * @internal
 */
export function checkScenario(value: unknown): asserts value is Scenario {
  const made = value as Partial<Scenario> | null | undefined;
  if (typeof made?.setup === 'function' && typeof made.name === 'string') return;
  throw new UsageError('expected a scenario, which scenario(name, setup) makes');
}
