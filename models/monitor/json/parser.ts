import { QemuError } from '../../qom/error.js';
import type { QObject } from '../../qom/visitors/qobject.js';
import { type Token, type TokenKind, tokens } from './lexer.js';
import { unescape } from './string.js';

/** How deep structures may be in each other. Upstream: MAX_NESTING. */
const maxNesting = 1024;

/**
 * The values in some text, or what is wrong in place of each. One that is not complete is not among them: the rest of it may come.
 *
 * Upstream: qobject/json-streamer.c:json_message_process_token.
 */
export function* parseJson(text: string): Generator<QObject | QemuError, void, undefined> {
  let message: Token[] = [];
  let depth = 0;
  for (const token of tokens(text)) {
    if (token.kind === 'stray') {
      [message, depth] = [[], 0];
      yield new QemuError(`JSON parse error, stray '${token.text}'`);
      continue;
    }
    depth += 'open' in nesting(token.kind) ? 1 : 0;
    depth -= 'close' in nesting(token.kind) ? 1 : 0;
    if (depth > maxNesting) {
      [message, depth] = [[], 0];
      yield new QemuError('JSON nesting depth limit exceeded');
      continue;
    }
    message.push(token);
    if (depth > 0) continue;
    yield new Parser(message).parse();
    [message, depth] = [[], 0];
  }
}

function nesting(kind: TokenKind): { readonly open?: true; readonly close?: true } {
  if (kind === '{' || kind === '[') return { open: true };
  return kind === '}' || kind === ']' ? { close: true } : {};
}

/** Ends the parsing of a message: the first error is the one that is told. */
class ParseError extends Error {}

/** Makes a value of the tokens of one message. Upstream: qobject/json-parser.c. */
class Parser {
  private at = 0;

  constructor(private readonly message: readonly Token[]) {}

  parse(): QObject | QemuError {
    try {
      return this.value('expecting value');
    } catch (error) {
      if (error instanceof ParseError) return new QemuError(`JSON parse error, ${error.message}`);
      throw error;
    }
  }

  /** @param otherwise - what is said of a token with which no value begins */
  private value(otherwise: string): QObject {
    const { kind, text } = this.next();
    switch (kind) {
      case '{':
        return this.object();
      case '[':
        return this.array();
      case 'number':
        return Number(text);
      case 'string': {
        const unescaped = unescape(text);
        if ('wrong' in unescaped) throw new ParseError(unescaped.wrong);
        return unescaped.string;
      }
      case 'keyword':
        return keyword(text);
      default:
        throw new ParseError(otherwise);
    }
  }

  private object(): QObject {
    const made: Record<string, QObject> = {};
    if (this.taken('}')) return made;
    for (;;) {
      const key = this.value('expecting value');
      if (typeof key !== 'string') throw new ParseError('key is not a string in object');
      if (!this.taken(':')) throw new ParseError('missing : in object pair');
      const value = this.value('expecting value');
      if (Object.hasOwn(made, key)) throw new ParseError('duplicate key');
      made[key] = value;
      if (this.taken('}')) return made;
      if (!this.taken(',')) throw new ParseError('expected separator in dict');
    }
  }

  private array(): QObject {
    const made: QObject[] = [];
    if (this.taken(']')) return made;
    for (;;) {
      made.push(this.value('expecting value'));
      if (this.taken(']')) return made;
      if (!this.taken(',')) throw new ParseError('expected separator in list');
    }
  }

  /** Whether the next token is of a kind; then it is passed. */
  private taken(kind: TokenKind): boolean {
    if (this.message[this.at]?.kind !== kind) return false;
    this.at++;
    return true;
  }

  /** A message ends where all that was opened is closed, so there is a next one wherever something is open. */
  private next(): Token {
    return this.message[this.at++] ?? { kind: ']', text: '' };
  }
}

/** parse_keyword */
function keyword(text: string): QObject {
  const known = new Map<string, QObject>([
    ['true', true],
    ['false', false],
    ['null', null],
  ]);
  const value = known.get(text);
  if (value === undefined) throw new ParseError(`invalid keyword '${text}'`);
  return value;
}
