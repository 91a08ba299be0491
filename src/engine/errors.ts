/**
 * The scenario or the call is written wrongly: the harness was asked for something that has no meaning (peeking outside a
 * check, yielding something that is not an operation, a bound on a strategy that has none). It is a mistake of the author and
 * never a finding about the modelled design, so it ends the whole search.
 *
 * @public
 */
export class UsageError extends Error {
  override readonly name: string = 'UsageError';
}

/**
 * Refuses options that are no object, which would hide what was meant, and those that there are not.
 *
 * @param known - the names of the options (default: whoever asks looks at them itself)
 * @internal
 */
export function checkOptions(of: string, options: unknown, known?: readonly string[]): void {
  if (typeof options !== 'object' || options === null) {
    throw new UsageError(`the options of ${of} must be an object, not ${String(options)}`);
  }
  if (known === undefined) return;
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new UsageError(`${of} has no option "${unknown}"; the options are ${known.join(', ')}`);
}

/** Thrown to unwind a thread or a check after a violation was noted; carries nothing and is never shown. */
export class ViolationSignal {
  static readonly instance: ViolationSignal = new ViolationSignal();
}

/** Thrown when the execution turned out to need race detection after it began without; the search begins it anew. */
export class RestartSignal {
  static readonly instance: RestartSignal = new RestartSignal();
}
