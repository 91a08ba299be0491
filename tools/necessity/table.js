// The table of sites in models/README.md.
import { keyOf } from './sites.js';

/** @typedef {import('./run.js').Finding} Finding */

const begin = '<!-- npm run necessity writes what follows -->';
const end = '<!-- until here -->';

/**
 * Puts the table into the README, between two comments.
 *
 * @param {string} readme
 * @param {Finding[]} findings
 * @param {Record<string, string>} exceptions reasons, by site
 */
export function tableInto(readme, findings, exceptions) {
  const from = readme.indexOf(begin);
  const to = readme.indexOf(end);
  if (from < 0 || to < from) throw new Error(`models/README.md has no "${begin}" and "${end}"`);
  const table = rows(findings, exceptions).join('\n');
  return `${readme.slice(0, from)}${begin}\n\n${table}\n\n${readme.slice(to)}`;
}

/**
 * @param {Finding[]} findings
 * @param {Record<string, string>} exceptions
 */
function rows(findings, exceptions) {
  const lines = ['| file | in | without | first noticed by |', '| --- | --- | --- | --- |'];
  for (const { site, noticed, passed } of findings) {
    const nothing = passed ? 'no verdict changes' : 'no scenario comes here';
    const reason = exceptions[keyOf(site)];
    const answer = noticed ?? `${nothing}${reason === undefined ? '' : `: ${reason}`}`;
    lines.push(row(site, answer));
  }
  return lines;
}

/**
 * @param {import('./sites.js').Site} site
 * @param {string} answer
 */
function row({ file, upstream, dropped }, answer) {
  return `| \`${file}\` | \`${upstream}\` | \`${escaped(dropped)}\` | ${escaped(answer)} |`;
}

/**
 * The sites that a README lists, by what they go by.
 *
 * @param {string} readme
 */
export function listedIn(readme) {
  return read(readme).map(({ key }) => key);
}

/**
 * The scenario that noticed each site when the table was written, by what the site goes by.
 *
 * @param {string} readme
 */
export function witnessesIn(readme) {
  return new Map(read(readme).map(({ key, answer }) => [key, answer.replace(/:.*/, '')]));
}

/** @param {string} readme */
function read(readme) {
  const text = readme.slice(readme.indexOf(begin), readme.indexOf(end));
  const rows = text.matchAll(/^\| `(.+?)` +\| `(.+?)` +\| `(.+?)` +\| (.+?) *\|$/gm);
  return [...rows].map(([, file = '', upstream = '', dropped = '', answer = '']) => ({
    key: keyOf({ file, upstream, dropped: dropped.replaceAll('\\|', '|') }),
    answer,
  }));
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll('|', '\\|');
}
