/** What can be wrong with what a user asked for. Stable: scripts may look for them in `QOMCHECK_DEBUG` output. */
export type ProblemCode =
  | 'unknown-command'
  | 'unknown-option'
  | 'bad-value'
  | 'bad-arguments'
  | 'unknown-scenario'
  | 'unreadable-file'
  | 'unwritable-file'
  | 'bad-scenario-file'
  | 'bad-scenario'
  | 'bad-token'
  | 'bad-checkpoint'
  | 'bad-report';

/**
 * A mistake of the user: one sentence that says what is wrong and what was expected, and perhaps a hint on a line of its own.
 * Whoever notices it throws it; the program shows it and ends with the exit code for usage errors.
 */
export class Problem extends Error {
  override readonly name: string = 'Problem';
  readonly code: ProblemCode;
  readonly hint: string | undefined;

  constructor(code: ProblemCode, message: string, hint?: string) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}

/** How a compiled module writes a name that it imports: `(0, _file.name)`. */
const compiledName = /\(0 ?, ?\w+\.(\w+)\)/g;

/** The first line of what an error says. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text.split('\n')[0] ?? '').replace(compiledName, '$1');
}
