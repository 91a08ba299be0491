import { ascii } from './ascii.js';
import { wrap } from './wrap.js';

/** How places in the source are written in the table, and what explains short ones. @internal */
export interface Locations {
  /** The text for a location. */
  readonly shown: (location: string) => string;
  /** The longest text. */
  readonly width: number;
  /** Lines below the table that give the files of shortened places. */
  readonly legend: readonly string[];
}

/** No place is longer than this when short. */
const longest = 26;

function split(location: string): [file: string, line: string] {
  const colon = location.lastIndexOf(':');
  return colon < 0 ? [location, ''] : [location.slice(0, colon), location.slice(colon)];
}

function tail(file: string, segments: number): string {
  return file.split('/').slice(-segments).join('/');
}

/** The end of each file's path, long enough to tell the files apart. */
function tails(files: readonly string[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const file of files) {
    for (let segments = 1; segments <= 4; segments++) {
      const name = tail(file, segments);
      names.set(file, name);
      if (!files.some((other) => other !== file && tail(other, segments) === name)) break;
    }
  }
  return names;
}

/** Places as they are recorded. @internal */
export function fullLocations(locations: readonly string[]): Locations {
  const texts = locations.map(ascii);
  return { shown: ascii, width: Math.max(0, ...texts.map((text) => text.length)), legend: [] };
}

/** Places by the ends of their paths, with a legend of the paths. @internal */
export function shortLocations(locations: readonly string[], width: number): Locations {
  const files = [...new Set(locations.filter((each) => each !== '').map((each) => split(each)[0]))];
  const names = tails(files);
  const shown = (location: string): string => {
    const [file, line] = split(location);
    const text = ascii((names.get(file) ?? file) + line);
    return text.length <= longest ? text : `..${text.slice(text.length - longest + 2)}`;
  };
  const shortened = files.filter((file) => names.get(file) !== file || file.length > longest);
  return {
    shown,
    width: Math.max(0, ...locations.map((location) => shown(location).length)),
    legend: shortened.flatMap((file, i) =>
      wrap(`${i === 0 ? 'in ' : '   '}${ascii(file)}`, width, '     '),
    ),
  };
}
