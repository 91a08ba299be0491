import { readFileSync } from 'node:fs';
import { isFile } from '../catalogue/reference.js';
import { Problem, reasonOf } from '../problem.js';
import type { ShardJson } from './document.js';
import { parseRun, type RunDocument } from './schema.js';

/** The report of a shard, and where it stands. */
export interface ShardFile {
  readonly path: string;
  readonly document: RunDocument;
  readonly shard: ShardJson;
}

/**
 * Reads the JSON report of a shard.
 *
 * @throws Problem when it is none.
 */
export function readShard(path: string): ShardFile {
  const document = parseRun(parsed(path));
  if (document === undefined) {
    throw new Problem('bad-report', `"${path}" is no JSON report of qomcheck run`);
  }
  const { shard } = document;
  if (shard === undefined) {
    throw new Problem(
      'bad-report',
      `"${path}" is the report of a whole run, and not of a shard`,
      'qomcheck run --shard 1/2 --json prints that of a shard',
    );
  }
  return { path, document, shard };
}

function parsed(path: string): unknown {
  if (!isFile(path)) throw new Problem('unreadable-file', `there is no file "${path}"`);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Problem('unreadable-file', `cannot read "${path}": ${reasonOf(error)}`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem('bad-report', `"${path}" is no JSON report of qomcheck run: it is not JSON`);
  }
}
