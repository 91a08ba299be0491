import { readFileSync } from 'node:fs';
import { ReplayError } from '../../replay/replay.js';
import { isFile } from '../catalogue/reference.js';
import { Problem, reasonOf } from '../problem.js';

/** The token that an argument means: itself, or with `@FILE` what is in the file. */
export function readToken(token: string): string {
  if (!token.startsWith('@')) return token;
  const path = token.slice(1);
  if (!isFile(path)) {
    throw new Problem('unreadable-file', `there is no file "${path}" to read a token from`);
  }
  try {
    return readFileSync(path, 'utf8').trim();
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
    const malformed = 'copy the whole word after the name of the scenario in the report';
    throw new Problem('bad-token', error.message, error.step === undefined ? malformed : hint);
  }
}
