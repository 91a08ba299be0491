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

/** Refuses options that are no object, which would hide what was meant. @internal */
export function checkOptions(of: string, options: unknown): void {
  if (typeof options !== 'object' || options === null) {
    throw new UsageError(`the options of ${of} must be an object, not ${String(options)}`);
  }
}

/** Thrown to unwind a thread or a check after a violation was noted; carries nothing and is never shown. */
export class ViolationSignal {
  static readonly instance: ViolationSignal = new ViolationSignal();
}

/** Thrown when the execution turned out to need race detection after it began without; the search begins it anew. */
export class RestartSignal {
  static readonly instance: RestartSignal = new RestartSignal();
}
