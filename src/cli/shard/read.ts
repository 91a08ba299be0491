import { isFile } from '../catalogue/reference.js';
import { readJson } from '../json-file.js';
import { Problem } from '../problem.js';
import type { ShardJson } from './document.js';
import { parseRun, type RunDocument } from './schema.js';

/** The report of a shard, and where it stands. */
export interface ShardFile {
  readonly path: string;
  readonly document: RunDocument;
  readonly shard: ShardJson;
}

const whatItIs = 'JSON report of qomcheck run';

/**
 * Reads the JSON report of a shard.
 *
 * @throws Problem when it is none.
 */
export function readShard(path: string): ShardFile {
  if (!isFile(path)) throw new Problem('unreadable-file', `there is no file "${path}"`);
  const document = parseRun(readJson(path, 'bad-report', whatItIs));
  if (document === undefined) {
    throw new Problem('bad-report', `"${path}" is no ${whatItIs}`);
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
