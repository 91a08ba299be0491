/** Why a value cannot be read: what was expected instead, and perhaps the value that was meant. */
export class Unreadable {
  readonly expected: string;
  readonly hint: string | undefined;

  constructor(expected: string, hint?: string) {
    this.expected = expected;
    this.hint = hint;
  }
}

/** An option with a value: `--seed 7`. */
export interface ValueOption<T> {
  /** What stands for the value in help: `N`. */
  readonly placeholder: string;
  readonly summary: string;
  readonly read: (text: string) => T | Unreadable;
  /** The text that stands for the option without a value, where that is allowed. */
  readonly otherwise?: string;
}

/** An option without a value: `--json`. */
export interface FlagOption {
  readonly summary: string;
  readonly read?: never;
}

/** The options of a command, by their long names without dashes. */
export type Options = Readonly<Record<string, ValueOption<unknown> | FlagOption>>;

/** What was given for each option. */
export type Values<O extends Options> = {
  readonly [K in keyof O]?: O[K] extends ValueOption<infer T> ? T : true;
};

/** The options that give such values: the inverse of {@link Values}. */
export type OptionsFor<V> = {
  readonly [K in keyof V]-?: Exclude<V[K], undefined> extends true
    ? FlagOption
    : ValueOption<Exclude<V[K], undefined>>;
};

/** Describes an option with a value. */
export function value<T>(
  placeholder: string,
  read: (text: string) => T | Unreadable,
  summary: string,
): ValueOption<T> {
  return { placeholder, read, summary };
}

/** Describes an option whose value may be left out, and then is `otherwise`. */
export function optional<T>(
  placeholder: string,
  read: (text: string) => T | Unreadable,
  otherwise: string,
  summary: string,
): ValueOption<T> {
  return { placeholder, read, otherwise, summary };
}

/** Describes an option without a value. */
export function flag(summary: string): FlagOption {
  return { summary };
}
