import { parseArgs } from 'node:util';
import { Problem } from '../problem.js';
import { nearest } from './nearest.js';
import { type Options, Unreadable, type Values } from './option.js';

/** A command line, read. */
export interface Parsed<O extends Options> {
  readonly values: Values<O>;
  readonly positionals: readonly string[];
}

/**
 * Reads the arguments of a command.
 *
 * @throws Problem for an option that does not exist, lacks its value or has one that cannot be read.
 */
export function parse<O extends Options>(options: O, args: readonly string[]): Parsed<O> {
  const { tokens } = parseArgs({
    args: withValues(options, args),
    options: Object.fromEntries(
      Object.entries(options).map(([name, { read }]) => [
        name,
        { type: read === undefined ? ('boolean' as const) : ('string' as const) },
      ]),
    ),
    allowPositionals: true,
    // What is wrong is said here, in this program's words.
    strict: false,
    tokens: true,
  });
  const values: Record<string, unknown> = {};
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    values[token.name] = readOption(options, token.name, token.rawName, token.value, {
      inline: token.inlineValue === true,
    });
  }
  return { values: values as Values<O>, positionals };
}

/** The same arguments, with the values that were left out and may be. */
function withValues(options: Options, args: readonly string[]): string[] {
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  return args.map((arg, i) => {
    if (i >= end) return arg;
    const option = Object.hasOwn(options, arg.slice(2)) ? options[arg.slice(2)] : undefined;
    if (!arg.startsWith('--') || option?.read === undefined) return arg;
    const { otherwise } = option;
    const bare = args[i + 1]?.startsWith('--') ?? true;
    return otherwise !== undefined && bare ? `${arg}=${otherwise}` : arg;
  });
}

function readOption(
  options: Options,
  name: string,
  rawName: string,
  text: string | undefined,
  { inline }: { inline: boolean },
): unknown {
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (option === undefined) {
    const names = Object.keys(options)
      .filter((each) => each.length > 1)
      .map((each) => `--${each}`);
    const meant = nearest(rawName, names);
    throw new Problem(
      'unknown-option',
      `there is no option ${rawName}`,
      meant === undefined ? `the options are ${names.join(', ')}` : `did you mean ${meant}?`,
    );
  }
  if (option.read === undefined) {
    if (text === undefined) return true;
    throw new Problem('bad-value', `${rawName} takes no value, but was given "${text}"`);
  }
  if (text === undefined || (!inline && text.startsWith('--'))) {
    throw new Problem(
      'bad-value',
      `${rawName} needs a value: ${expectation(option.read)}`,
      `write ${rawName} ${option.placeholder}`,
    );
  }
  const result = option.read(text);
  if (!(result instanceof Unreadable)) return result;
  throw new Problem(
    'bad-value',
    `${rawName} must be ${result.expected}, not "${text}"`,
    result.hint === undefined ? undefined : `did you mean ${rawName} ${result.hint}?`,
  );
}

/** What a reader expects, learnt from what it says about nothing. */
function expectation(read: (text: string) => unknown): string {
  const result = read('');
  return result instanceof Unreadable ? result.expected : 'a text';
}
