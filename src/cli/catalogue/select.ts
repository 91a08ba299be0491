import { nearest } from '../args/nearest.js';
import { Problem } from '../problem.js';
import { builtin } from './builtin.js';
import { matching } from './pattern.js';
import { type FileReference, fileReference } from './reference.js';
import type { Selected } from './selected.js';
import { userScenarios } from './user-file.js';

/** Names that a hint lists. */
const mostNamed = 5;

/**
 * The scenarios that patterns and files mean, each once; all built-in ones without any.
 *
 * @throws Problem when one of the arguments means nothing.
 */
export async function select(args: readonly string[]): Promise<Selected[]> {
  if (args.length === 0) return [...builtin];
  const found = new Map<string, Selected>();
  for (const arg of args) {
    // Part of every name: more likely a variable of the shell that is not set.
    if (arg === '') {
      const hint = 'leave it out to mean all scenarios of the package';
      throw new Problem('unknown-scenario', 'the name of a scenario must not be empty', hint);
    }
    const reference = fileReference(arg);
    const some = reference === undefined ? fromCatalogue(arg) : await fromFile(reference);
    for (const each of some) found.set(each.scenario.name, each);
  }
  return [...found.values()];
}

/**
 * The one scenario that is meant.
 *
 * @throws Problem when there is none or more than one.
 */
export async function selectOne(name: string): Promise<Selected> {
  const found = await select([name]);
  if (found.length === 1) return found[0] as Selected;
  const names = namesOf(found);
  const more = names.length > mostNamed ? `, ... ("qomcheck list '${name}'" names all)` : '';
  throw new Problem(
    'unknown-scenario',
    `"${name}" means ${found.length} scenarios, and one is expected`,
    `write one of ${names.slice(0, mostNamed).join(', ')}${more}`,
  );
}

function fromCatalogue(pattern: string): Selected[] {
  const names = new Set(matching(pattern, namesOf(builtin)));
  if (names.size === 0) throw unknownScenario(pattern, namesOf(builtin));
  return builtin.filter(({ scenario }) => names.has(scenario.name));
}

async function fromFile({ file, name }: FileReference): Promise<Selected[]> {
  const all = await userScenarios(file);
  if (name === undefined) return all;
  const short = (each: Selected): string =>
    each.scenario.name.slice(each.scenario.name.indexOf('#') + 1);
  const names = new Set(matching(name, all.map(short)));
  if (names.size > 0) return all.filter((each) => names.has(short(each)));
  const known = all.map(short);
  const meant = nearest(name, known);
  throw new Problem(
    'unknown-scenario',
    `${file} has no scenario "${name}"`,
    meant === undefined ? `it has ${known.join(', ')}` : `did you mean ${file}#${meant}?`,
  );
}

function namesOf(some: readonly Selected[]): string[] {
  return some.map(({ scenario }) => scenario.name);
}

function unknownScenario(name: string, known: readonly string[]): Problem {
  const meant = nearest(name, known) ?? nearestFolder(name, known);
  return new Problem(
    'unknown-scenario',
    `there is no scenario "${name}"`,
    meant === undefined
      ? '"qomcheck list" names them all; a file of your own ends in .ts, .js, .mts or .mjs'
      : `did you mean ${meant}?`,
  );
}

/** The pattern for the scenarios below a folder of names, if one was probably meant: `'migration/*'` for `migraton/*`. */
function nearestFolder(pattern: string, names: readonly string[]): string | undefined {
  const folders = names.flatMap((name) =>
    name.split('/').map((_, i, parts) => parts.slice(0, i).join('/')),
  );
  const meant = nearest(pattern.replace(/[*/]+$/, ''), [...new Set(folders)].filter(Boolean));
  return meant === undefined ? undefined : `'${meant}/*'`;
}
