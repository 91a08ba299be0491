import { dirname, isAbsolute, relative, sep } from 'node:path';
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

/** Frames that mostly suffice: those of the harness that make an operation, and who calls it. */
const nearby = 10;

/** Places by where the code stands before source maps are applied, which is slow: an operation stands at few places. */
const known = new Map<string, string>();

/** file:line of the nearest caller outside the harness; empty when an operation is the harness's own. @internal */
export function callSite(): string {
  const key = keyOf(rawFrames(nearby)) ?? keyOf(rawFrames(depth));
  let site = key === undefined ? undefined : known.get(key);
  if (site === undefined) {
    site = placeIn(withDepth(depth, () => new Error().stack ?? ''));
    if (key !== undefined) known.set(key, site);
  }
  return site;
}

function withDepth<T>(frames: number, capture: () => T): T {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = frames;
  try {
    return capture();
  } finally {
    Error.stackTraceLimit = limit;
  }
}

/** The nearest frames, as compiled. */
function rawFrames(frames: number): readonly NodeJS.CallSite[] {
  // Put back as it was, never called from here.
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const before = Error.prepareStackTrace;
  Error.prepareStackTrace = (_error, sites) => sites;
  try {
    return withDepth(frames, () => new Error().stack) as unknown as readonly NodeJS.CallSite[];
  } finally {
    Error.prepareStackTrace = before;
  }
}

/** Who a frame belongs to: the harness, and there to what runs threads; Node or the language; or whoever uses the harness. */
type Role = 'harness' | 'runner' | 'none' | 'author';

const roles = new Map<string, Role>();

function roleOf(file: string): Role {
  let role = roles.get(file);
  if (role === undefined) {
    role = !isAbsolute(file) && !file.startsWith('file:') ? 'none' : roleOfPath(toPath(file));
    roles.set(file, role);
  }
  return role;
}

function roleOfPath(path: string): Role {
  if (!isHarness(path)) return 'author';
  return runner.test(path) ? 'runner' : 'harness';
}

/** What decides the place: the frames down to the author's first, or to the one that runs threads; undefined where there is neither. */
function keyOf(sites: readonly NodeJS.CallSite[]): string | undefined {
  let key = '';
  for (const site of sites) {
    const file = site.getFileName() ?? '';
    const role = roleOf(file);
    if (role === 'runner') return key;
    key += `${file}:${site.getLineNumber() ?? 0}:${site.getColumnNumber() ?? 0}\n`;
    if (role === 'author') return key;
  }
  return undefined;
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
