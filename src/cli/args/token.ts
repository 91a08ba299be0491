import { readFileSync, statSync } from 'node:fs';
import { ReplayError } from '../../replay/replay.js';
import { Problem, reasonOf } from '../problem.js';

/** The token that an argument means: itself, or with `@FILE` what is in the file. */
export function readToken(token: string): string {
  if (!token.startsWith('@')) return token;
  const path = token.slice(1);
  const text = readText(path).trim();
  if (text !== '') return text;
  throw new Problem('bad-token', `there is no token in the file "${path}"`, inFile);
}

const inFile = 'after @ comes the path of a file with a token and nothing else in it';

function readText(path: string): string {
  // Not a folder may also be a pipe: `@/dev/stdin`, or `@<(...)` in a shell.
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined || stats.isDirectory()) {
    const what = stats === undefined ? 'no file' : 'a folder and no file';
    throw new Problem('unreadable-file', `there is ${what} "${path}" to read a token from`, inFile);
  }
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Problem('unreadable-file', `cannot read a token from "${path}": ${reasonOf(error)}`);
  }
}

/**
 * Does what needs a token, and says what is wrong with it.
 *
 * @param hint - for a token that does not fit the scenario
 */
export function explainToken<T>(work: () => T, hint: string | undefined): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ReplayError)) throw error;
    throw new Problem('bad-token', error.message, error.step === undefined ? again(error) : hint);
  }
}

/** How to come by a token that can be read. */
function again({ otherVersion }: ReplayError): string {
  return otherVersion
    ? 'replay it with the release of qomcheck that printed it, or run the scenario for a new token'
    : 'copy the whole word after the name of the scenario in the report';
}
