import type { Command } from '../command.js';
import { list } from './list.js';
import { matrix } from './matrix.js';
import { merge } from './merge.js';
import { replayCommand } from './replay.js';
import { run } from './run.js';
import { shrink } from './shrink.js';
import { start } from './start.js';

/** Every command, in the order of help. */
export const commands: readonly Command[] = [
  list,
  run,
  merge,
  replayCommand,
  shrink,
  matrix,
  start,
];
