import { readFileSync } from 'node:fs';
import { Problem, type ProblemCode, reasonOf } from './problem.js';

/**
 * What a JSON file holds.
 *
 * @throws Problem when it cannot be read, or is not JSON: then of `code`, saying that the file is not `what`.
 */
export function readJson(path: string, code: ProblemCode, what: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Problem('unreadable-file', `cannot read "${path}": ${reasonOf(error)}`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem(code, `"${path}" is no ${what}: it is not JSON`);
  }
}
