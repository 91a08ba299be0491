import { checkOptions, UsageError } from '../engine/errors.js';

/** Told to `onProgress` of `minimize`. @public */
export interface MinimizeProgress {
  readonly executions: number;
  /** Of the best execution so far. */
  readonly preemptions: number;
  readonly steps: number;
}

/** How much work minimising may be. @public */
export interface MinimizeOptions {
  /** Executions after which it ends with the best that it has (default 100 000). */
  readonly maxExecutions?: number;
  /** Milliseconds after which it ends with the best that it has (default: none). */
  readonly timeLimitMs?: number;
  /** Called a few times a second; when it returns false minimising ends as if its budget had. */
  readonly onProgress?: (progress: MinimizeProgress) => boolean | void;
}

/** Options with every default filled in. @internal */
export interface MinimizeSettings {
  readonly maxExecutions: number;
  readonly timeLimitMs: number;
  readonly onProgress: MinimizeOptions['onProgress'];
}

const known: readonly string[] = ['maxExecutions', 'timeLimitMs', 'onProgress'];

/**
 * Checks options and fills in the defaults.
 *
 * @throws UsageError in one sentence that says what was expected.
 * @internal
 */
export function resolveMinimizeOptions(options: MinimizeOptions): MinimizeSettings {
  checkOptions('minimize', options, known);
  const { maxExecutions = 100_000, timeLimitMs = Infinity, onProgress } = options;
  if (!(Number.isInteger(maxExecutions) && maxExecutions >= 1) && maxExecutions !== Infinity) {
    throw new UsageError(
      `maxExecutions must be a whole number from 1 or Infinity, not ${String(maxExecutions)}`,
    );
  }
  if (typeof timeLimitMs !== 'number' || !(timeLimitMs > 0)) {
    throw new UsageError(`timeLimitMs must be a positive number, not ${String(timeLimitMs)}`);
  }
  if (onProgress !== undefined && typeof onProgress !== 'function') {
    throw new UsageError(`onProgress must be a function, not ${String(onProgress)}`);
  }
  return { maxExecutions, timeLimitMs, onProgress };
}
