// Finds what the models could do without, at first sight: each reference, lock, join, grace period and publication, and each pointer
// that is cleared.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/**
 * One thing that can be dropped. A lock and its unlock in one function are one thing.
 *
 * @typedef {object} Site
 * @property {string} file below models
 * @property {string} upstream the function that it is in, by upstream's name if the comment has one
 * @property {string} dropped what it is, as written
 * @property {Place[]} places
 */

/**
 * A call, and what is put in its place: nothing, a value, or what it was given to run, which comes at `given` from the start.
 *
 * @typedef {{ start: number, end: number, given: number, instead: 'nothing' | 'true' | 'false' | 'the routine' }} Place
 */

/** @typedef {Place['instead']} Instead */

/** @type {Record<string, Instead>} */
const functions = {
  reference: 'nothing',
  unreference: 'nothing',
  regionReference: 'nothing',
  regionUnreference: 'nothing',
};

/**
 * Methods, by what they are called on.
 *
 * @type {readonly (readonly [RegExp, RegExp, Instead])[]}
 */
const methods = [
  [/./, /^(un)?reference$/, 'nothing'],
  [/\bref$/, /^get$/, 'nothing'],
  [/\bref$/, /^put$/, 'false'],
  [/\bref$/, /^tryGet$/, 'true'],
  [/./, /^(lock|unlock|readLock|readUnlock|writeLock|writeUnlock)$/, 'nothing'],
  [/\bbigLock$|^memory$/, /^(guard|underBigLock)$/, 'the routine'],
  [/./, /^synchronize$/, 'nothing'],
  [/\bcallRcu$/, /^call$/, 'the routine'],
  [/\bcallRcu$/, /^drain$/, 'nothing'],
  [/\b(currentMap|children|link|next)$/, /^store$/, 'nothing'],
  [/\brealized$/, /^write$/, 'nothing'],
  [/\b(handle|thread|vcpu)$/, /^join$/, 'nothing'],
];

/**
 * What can be dropped of one file.
 *
 * @param {string} file below models
 * @param {string} text
 * @returns {Site[]}
 */
export function sitesIn(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  /** @type {Map<string, Site>} */
  const sites = new Map();
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (ts.isCallExpression(node)) add(node);
    ts.forEachChild(node, visit);
  };
  /** @param {ts.CallExpression} call */
  const add = (call) => {
    const found = droppable(call);
    if (found === undefined) return;
    const { what, receiver, instead } = found;
    const around = enclosing(call);
    const upstream = upstreamName(around);
    const pair = /[lL]ock$/.test(what);
    const locked = `${receiver}.${what.replace('unlock', 'lock').replace('Unlock', 'Lock')}`;
    const dropped = pair ? `${locked}()` : call.getText();
    const short = dropped.replace(/\s+/g, ' ').replace(/^(.{60}).+$/, '$1…');
    const key = `${around?.pos} ${pair ? locked : call.pos}`;
    const start = call.getStart();
    const given = call.expression.getEnd() - start;
    const place = { start, end: call.getEnd(), given, instead };
    const known = sites.get(key);
    if (known === undefined) sites.set(key, { file, upstream, dropped: short, places: [place] });
    else known.places.push(place);
  };
  visit(source);
  return numbered([...sites.values()]);
}

/** What can be dropped of all models, in the order of files. */
export function allSites(root = 'models') {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .sort()
    .flatMap((file) => sitesIn(file, readFileSync(path.join(root, file), 'utf8')));
}

/**
 * Where the same is dropped several times in one function, all but the first have a number.
 *
 * @param {Site[]} sites
 */
function numbered(sites) {
  /** @type {Map<string, number>} */
  const seen = new Map();
  for (const site of sites) {
    const key = keyOf(site);
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    if (count > 1) site.dropped += ` (${count})`;
  }
  return sites;
}

/**
 * What a site goes by in tables.
 *
 * @param {Pick<Site, 'file' | 'upstream' | 'dropped'>} site
 */
export function keyOf({ file, upstream, dropped }) {
  return [file, upstream, dropped].join(' | ');
}

/**
 * @param {ts.CallExpression} call
 * @returns {{ what: string, receiver: string, instead: Instead } | undefined}
 */
function droppable({ expression, arguments: given }) {
  if (ts.isIdentifier(expression)) {
    const instead = functions[expression.text];
    return instead && { what: expression.text, receiver: '', instead };
  }
  if (!ts.isPropertyAccessExpression(expression)) return undefined;
  const receiver = expression.expression.getText();
  const what = expression.name.text;
  if (what === 'write' && given[0]?.getText() === 'undefined') {
    return { what, receiver, instead: 'nothing' };
  }
  const rule = methods.find(([on, name]) => on.test(receiver) && name.test(what));
  if (rule === undefined) return undefined;
  const [, , instead] = rule;
  if (instead === 'the routine' && given.length !== 1) return undefined;
  return { what, receiver, instead };
}

/**
 * The nearest function that has a name of its own.
 *
 * @param {ts.Node} node
 * @returns {ts.Node | undefined}
 */
function enclosing(node) {
  for (let at = node.parent; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isFunctionDeclaration(at) || ts.isMethodDeclaration(at)) return at;
    if (!ts.isPropertyAssignment(at) && !ts.isVariableDeclaration(at)) continue;
    if (at.initializer !== undefined && isFunction(at.initializer)) return at;
  }
  return undefined;
}

/** @param {ts.Node} node */
function isFunction(node) {
  return ts.isFunctionExpression(node) || ts.isArrowFunction(node);
}

/**
 * The first of upstream's names in the comment of a function or of what it is in; else its own name.
 *
 * @param {ts.Node | undefined} node
 * @returns {string}
 */
function upstreamName(node) {
  for (let at = node; at !== undefined && !ts.isSourceFile(at); at = at.parent) {
    const comments = ts.getJSDocCommentsAndTags(at).map((each) => each.getText());
    const found = /\b[a-z][a-z\d]*(_[a-z\d]+)+\b/.exec(comments.join('\n'));
    if (found !== null) return found[0];
  }
  const named = /** @type {{ name?: ts.Node } | undefined} */ (node);
  return named?.name?.getText() ?? 'the file';
}
