import { dirname, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const compiled: string = dirname(dirname(fileURLToPath(import.meta.url))) + sep;

/**
 * The folders of the harness itself, whose frames are not what the reader looks for: where it runs, and where it was compiled from,
 * which is what a stack shows when source maps are on.
 */
const harness: readonly string[] = [compiled, compiled.replace(`${sep}dist${sep}`, sep)];

const frame = /\(?((?:file:\/\/)?\/[^()]*|[A-Za-z]:\\[^()]*|file:\/\/\/[^()]*):(\d+):\d+\)?$/;

function toPath(file: string): string {
  return file.startsWith('file:') ? fileURLToPath(file) : file;
}

/** A path as a reader on another machine would write it: relative to the working directory where it lies below it. */
export function displayPath(path: string): string {
  const near = relative(process.cwd(), path);
  const text = near === '' || near.startsWith('..') ? path : near;
  return sep === '/' ? text : text.split(sep).join('/');
}

/** file:line of the nearest caller outside the harness; empty when there is none. @internal */
export function callSite(): string {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 30;
  const stack = new Error().stack ?? '';
  Error.stackTraceLimit = limit;
  for (const line of stack.split('\n').slice(1)) {
    const match = frame.exec(line.trim());
    if (match === null) continue;
    const path = toPath((match[1] as string).replace(/\?[^/]*$/, ''));
    if (path.startsWith('node:') || harness.some((folder) => path.startsWith(folder))) continue;
    return `${displayPath(path)}:${match[2] as string}`;
  }
  return '';
}
