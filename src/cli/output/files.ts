import {
  accessSync,
  chmodSync,
  constants,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Problem } from '../problem.js';

/**
 * Makes sure that a file can be written before hours are spent on what goes into it.
 *
 * @throws Problem when it cannot.
 */
export function checkWritable(path: string): void {
  const target = resolve(path);
  try {
    const stats = existing(target);
    if (stats?.isDirectory() === true) throw new Error('it is a folder');
    accessSync(stats?.isFile() === false ? target : dirname(real(target)), constants.W_OK);
  } catch (error) {
    throw unwritable(path, error);
  }
}

/**
 * Writes a file completely or not at all: a reader sees the old text or the new one, whatever happens meanwhile.
 *
 * @throws Problem when it cannot be written.
 */
export function writeWhole(path: string, text: string): void {
  const target = resolve(path);
  let temporary: string | undefined;
  try {
    const stats = existing(target);
    if (stats !== undefined && !stats.isFile()) {
      // A device or a pipe: there is nothing to replace.
      writeFileSync(target, text);
      return;
    }
    const file = real(target);
    temporary = `${file}.${process.pid}.tmp`;
    writeFileSync(temporary, text, { flag: 'wx' });
    if (stats !== undefined) chmodSync(temporary, stats.mode);
    renameSync(temporary, file);
  } catch (error) {
    if (temporary !== undefined) rmSync(temporary, { force: true });
    throw unwritable(path, error);
  }
}

function existing(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}

/** Where the file really is: a link stays a link. */
function real(path: string): string {
  return existing(path) === undefined ? path : realpathSync(path);
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'its folder is a file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
};

/** What the system says when it does not write, in words. */
export function whyNotWritten({ code = '', message }: NodeJS.ErrnoException): string {
  return reasons[code] ?? message;
}

function unwritable(path: string, error: unknown): Problem {
  const reason = whyNotWritten(error as NodeJS.ErrnoException);
  return new Problem('unwritable-file', `cannot write "${path}": ${reason}`);
}
