// Compiles the project with every site in two versions: as written, and dropped. Which one runs is decided while it runs.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { sitesIn } from './sites.js';

/** @typedef {import('./sites.js').Site & { id: number }} NumberedSite */
/** @typedef {import('./sites.js').Place & { id: number }} NumberedPlace */

const rooms = ['src', 'models', 'properties', 'scenarios'];

/**
 * Compiles everything into a folder below node_modules, from where the packages are found.
 *
 * @returns {{ folder: string, sites: NumberedSite[] }}
 */
export function instrument() {
  const folder = path.resolve('node_modules/.cache/necessity');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }\n');
  /** @type {NumberedSite[]} */
  const sites = [];
  for (const room of rooms) {
    for (const file of filesOf(room)) {
      let text = readFileSync(path.join(room, file), 'utf8');
      if (room === 'models') {
        const found = sitesIn(file, text).map((site, i) => ({ ...site, id: sites.length + i }));
        sites.push(...found);
        text = twofold(text, found);
      }
      write(path.join(folder, room, file.replace(/\.ts$/, '.js')), text);
    }
  }
  return { folder, sites };
}

/** @param {string} room */
function filesOf(room) {
  return readdirSync(room, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .sort();
}

/**
 * @param {string} file
 * @param {string} text
 */
function write(file, text) {
  const compilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    verbatimModuleSyntax: true,
  };
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, ts.transpileModule(text, { compilerOptions }).outputText);
}

/**
 * The text of a file in which each site asks whether it is the one that is dropped.
 *
 * @param {string} text
 * @param {NumberedSite[]} sites
 */
function twofold(text, sites) {
  const places = sites
    .flatMap(({ id, places }) => places.map((place) => ({ ...place, id })))
    .sort((a, b) => a.start - b.start || b.end - a.end);
  return replaced(text, 0, text.length, places);
}

/**
 * @param {string} text
 * @param {number} from
 * @param {number} to
 * @param {NumberedPlace[]} places those between the two, the outer before the inner
 * @returns {string}
 */
function replaced(text, from, to, places) {
  let result = '';
  let at = from;
  for (const place of places) {
    if (place.start < at || place.end > to) continue;
    const inner = places.filter((each) => each !== place && within(each, place));
    const call = replaced(text, place.start, place.end, inner);
    result += text.slice(at, place.start);
    result += `(globalThis.necessity.on(${place.id}) ? ${instead(place, call)} : ${call})`;
    at = place.end;
  }
  return result + text.slice(at, to);
}

/**
 * @param {NumberedPlace} inner
 * @param {NumberedPlace} outer
 */
function within(inner, outer) {
  return inner.start >= outer.start && inner.end <= outer.end;
}

/**
 * What runs if the call is dropped.
 *
 * @param {NumberedPlace} place
 * @param {string} call
 */
function instead({ instead: what, given }, call) {
  if (what === 'nothing') return 'globalThis.necessity.give(undefined)';
  if (what === 'the routine') return `(${call.slice(given).replace(/,\s*\)$/, ')')})()`;
  return `globalThis.necessity.give(${what})`;
}
