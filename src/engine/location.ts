import { dirname, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const compiled: string = dirname(dirname(fileURLToPath(import.meta.url))) + sep;

/**
 * The folders of the harness itself, whose frames are not what the reader looks for: where it runs, and where it was compiled from,
 * which is what a stack shows when source maps are on.
 */
const harness: readonly string[] = [compiled, compiled.replace(`${sep}dist${sep}`, sep)];

/** A line of a stack that names a file; not one within code that was made from text, nor one within Node. */
const frame = /^\s+at (?:.*?[ (])??((?:file:\/\/)?\/[^<>]*|[A-Za-z]:\\[^<>]*):(\d+):\d+\)?$/;

function toPath(file: string): string {
  return file.startsWith('file:') ? fileURLToPath(file) : file;
}

/** A path as a reader on another machine would write it: relative to the working directory where it lies below it. */
export function displayPath(path: string): string {
  const near = relative(process.cwd(), path);
  const text = near === '' || near.startsWith('..') ? path : near;
  return text.split(sep).join('/');
}

/** Whether a file is the harness's own. @internal */
export function isHarness(path: string): boolean {
  return harness.some((folder) => path.startsWith(folder));
}

/** Below a frame of this file, where it is the harness's, is not what a thread does but who runs it. */
const runner = /[/\\]engine[/\\]execution\.[jt]s$/;

/** Frames to look at: enough for a model's routines within routines. */
const depth = 30;

/** Places by where the code stands before source maps are applied, which is slow: an operation stands at few places. */
const known = new Map<string, string>();

/** file:line of the nearest caller outside the harness; empty when an operation is the harness's own. @internal */
export function callSite(): string {
  const key = rawSite();
  let site = known.get(key);
  if (site === undefined) {
    site = placeIn(withDepth(() => new Error().stack ?? ''));
    known.set(key, site);
  }
  return site;
}

function withDepth<T>(capture: () => T): T {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = depth;
  try {
    return capture();
  } finally {
    Error.stackTraceLimit = limit;
  }
}

/** What decides the place: all frames above the one that runs threads. */
function rawSite(): string {
  // Put back as it was, never called from here.
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const before = Error.prepareStackTrace;
  Error.prepareStackTrace = (_error, sites) => sites;
  try {
    const sites = withDepth(() => new Error().stack) as unknown as readonly NodeJS.CallSite[];
    let key = '';
    for (const site of sites) {
      const file = site.getFileName() ?? '';
      if (runner.test(file) && isHarness(toPath(file))) break;
      key += `${file}:${site.getLineNumber() ?? 0}:${site.getColumnNumber() ?? 0}\n`;
    }
    return key;
  } finally {
    Error.prepareStackTrace = before;
  }
}

/** A place in a file. @internal */
export interface Place {
  readonly path: string;
  readonly line: string;
}

/** The places in files that a stack tells of, the nearest first. @internal */
export function* placesIn(stack: string): Generator<Place, void> {
  for (const text of stack.split('\n')) {
    const match = frame.exec(text);
    if (match === null) continue;
    const [, file, line] = match as unknown as readonly [string, string, string];
    yield { path: toPath(file.replace(/\?[^/]*$/, '')), line };
  }
}

/** A place as file:line. @internal */
export function displayPlace({ path, line }: Place): string {
  return `${displayPath(path)}:${line}`;
}

/** file:line of the nearest frame outside the harness; empty when there is none above the one that runs threads. @internal */
export function placeIn(stack: string): string {
  for (const place of placesIn(stack)) {
    if (!isHarness(place.path)) return displayPlace(place);
    if (runner.test(place.path)) return '';
  }
  return '';
}
