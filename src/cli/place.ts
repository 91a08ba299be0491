import { fileURLToPath } from 'node:url';
import { displayPath } from '../engine/location.js';

const frame = /(?:\(|^at (?:async )?)((?:file:\/\/)?\/[^()]*):(\d+):\d+\)?$/;

/** The folders of the harness, compiled and as sources: their frames are not what a user looks for. */
const here = fileURLToPath(new URL('..', import.meta.url));
const harness: readonly string[] = [here, here.replace(/\/dist\/src\/$/, '/src/')];

/** file:line of the code nearest to an error that is not the harness's own; undefined when there is none. */
export function placeOf(error: unknown): string | undefined {
  const lines = error instanceof Error ? (error.stack ?? '').split('\n') : [];
  for (const line of lines) {
    const match = frame.exec(line.trim());
    if (match === null) continue;
    const path = match[1] as string;
    const file = path.startsWith('file:') ? fileURLToPath(path) : path;
    if (file.includes('/node_modules/') || harness.some((folder) => file.startsWith(folder))) {
      continue;
    }
    return `${displayPath(file)}:${match[2] as string}`;
  }
  return undefined;
}
