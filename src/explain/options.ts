import { checkOptions, UsageError } from '../engine/errors.js';

/** How much work explaining may be. @public */
export interface ExplainOptions {
  /**
   * Executions after which the search for traces ends, and the one for the exact probability (default 20 000). Either also ends after
   * fifty times as many steps.
   */
  readonly maxExecutions?: number;
  /** Random walks from which the probability is estimated when it cannot be computed (default 2 000). */
  readonly walks?: number;
  /** Decides these walks (default 0). */
  readonly seed?: string | number;
  /** Steps after which an execution is a livelock (default: the scenario's). */
  readonly maxSteps?: number;
  /** Called now and then; when it returns false explaining ends as if its budget had. */
  readonly onProgress?: () => boolean | void;
}

/** Options with every default filled in. @internal */
export interface ExplainSettings {
  readonly maxExecutions: number;
  readonly walks: number;
  readonly seed: string | number;
  readonly maxSteps: number | undefined;
  readonly onProgress: (() => boolean | void) | undefined;
}

const known: readonly string[] = ['maxExecutions', 'walks', 'seed', 'maxSteps', 'onProgress'];

function wholeNumber(name: string, value: number): number {
  if (Number.isInteger(value) && value >= 1) return value;
  throw new UsageError(`${name} must be a whole number from 1, not ${String(value)}`);
}

/**
 * Checks options and fills in the defaults.
 *
 * @throws UsageError in one sentence that says what was expected.
 * @internal
 */
export function resolveExplainOptions(options: ExplainOptions): ExplainSettings {
  checkOptions('explain', options, known);
  const { maxExecutions = 20_000, walks = 2_000, seed = 0, maxSteps, onProgress } = options;
  if (typeof seed !== 'string' && !Number.isFinite(seed)) {
    throw new UsageError(`the seed must be a string or a finite number, not ${String(seed)}`);
  }
  if (onProgress !== undefined && typeof onProgress !== 'function') {
    throw new UsageError(`onProgress must be a function, not ${String(onProgress)}`);
  }
  return {
    maxExecutions: wholeNumber('maxExecutions', maxExecutions),
    walks: wholeNumber('walks', walks),
    seed,
    maxSteps: maxSteps === undefined ? undefined : wholeNumber('maxSteps', maxSteps),
    onProgress,
  };
}

/** Steps that one search may take for each execution of its budget. */
const stepsPerExecution = 50;
/** So many executions pass between two calls of `onProgress`. */
const progressInterval = 64;

/** Counts the work of one search. @internal */
export class Budget {
  executions = 0;
  private steps = 0;
  private stopped = false;
  private readonly settings: ExplainSettings;

  constructor(settings: ExplainSettings) {
    this.settings = settings;
  }

  spend(steps: number): void {
    this.executions++;
    this.steps += steps;
    if (this.executions % progressInterval !== 0) return;
    if (this.settings.onProgress?.() === false) this.stopped = true;
  }

  /** Whether nothing is left. */
  get spent(): boolean {
    const { maxExecutions } = this.settings;
    return (
      this.stopped ||
      this.executions >= maxExecutions ||
      this.steps >= maxExecutions * stepsPerExecution
    );
  }
}
