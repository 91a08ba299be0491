/** What a token is; punctuation is its own kind. */
export type TokenKind =
  | '{'
  | '}'
  | '['
  | ']'
  | ':'
  | ','
  | 'number'
  | 'keyword'
  | 'string'
  | 'stray';

/** A piece of JSON text. */
export interface Token {
  readonly kind: TokenKind;
  /** As it was written; of what is no token: all up to the character that cannot follow. */
  readonly text: string;
}

const integer = '-?(?:0|[1-9][0-9]*)';
const fraction = '(?:\\.[0-9]+)?';
const exponent = '(?:[eE][-+]?[0-9]+)?';
const double = '"(?:[^"\\\\\\u0000-\\u001f]|\\\\[^\\u0000-\\u001f])*"';
const single = "'(?:[^'\\\\\\u0000-\\u001f]|\\\\[^\\u0000-\\u001f])*'";

/** The beginnings of tokens that did not go on as they should: what is shown of them ends with the character that was not expected. */
const unfinished = [
  '"(?:[^"\\\\\\u0000-\\u001f]|\\\\[^\\u0000-\\u001f])*(?:\\\\?[\\u0000-\\u001f])',
  "'(?:[^'\\\\\\u0000-\\u001f]|\\\\[^\\u0000-\\u001f])*(?:\\\\?[\\u0000-\\u001f])",
  `${integer}\\.[0-9]+[eE][-+]?[^]`,
  `${integer}[eE][-+]?[^]`,
  `${integer}\\.[^]`,
  '-?0[0-9]',
  '-[^]',
  '[^]',
].join('|');

const pattern = new RegExp(
  [
    '(?<space>[ \\t\\r\\n]+)',
    '(?<punctuation>[{}[\\]:,])',
    `(?<number>${integer}${fraction}${exponent}(?![0-9.eE]))`,
    '(?<keyword>[a-z]+)',
    `(?<string>${double}|${single})`,
    `(?<stray>${unfinished})`,
  ].join('|'),
  'y',
);

/**
 * Cuts text into tokens; a string that does not end yet is none. After something that is no token, what follows is passed over until
 * something begins or ends that has an inside.
 *
 * Upstream: qobject/json-lexer.c.
 */
export function* tokens(text: string): Generator<Token, void, undefined> {
  let recovering = false;
  for (let at = 0; at < text.length; ) {
    pattern.lastIndex = at;
    const groups: Readonly<Record<string, string | undefined>> = pattern.exec(text)?.groups ?? {};
    const [kind = 'stray', found = ''] =
      Object.entries(groups).find(([, each]) => each !== undefined) ?? [];
    // A quote alone: a string has begun, and nothing forbids that it ends some time.
    if (kind === 'stray' && (found === '"' || found === "'")) return;
    at += found.length;
    recovering = recovering && !(kind === 'punctuation' || found.includes('\n'));
    if (kind === 'space' || recovering) continue;
    const punctuation = kind === 'punctuation';
    recovering = kind === 'stray';
    yield { kind: (punctuation ? found : kind) as TokenKind, text: found };
  }
}
