import { readFileSync } from 'node:fs';

/** The folder of package.json seen from here: this file is compiled to dist/src/cli. */
function manifest(): { readonly version: string } {
  for (const up of ['../../../package.json', '../../package.json']) {
    try {
      return JSON.parse(readFileSync(new URL(up, import.meta.url), 'utf8')) as { version: string };
    } catch {
      // One of the two is right: compiled, or run from source.
    }
  }
  return { version: 'unknown' };
}

/** The version of this package. */
export const version: string = manifest().version;
