import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, normalize, resolve, sep } from 'node:path';
import { createJiti } from 'jiti';
import * as models from '../../../models/index.js';
import * as properties from '../../../properties/index.js';
import { displayPath } from '../../engine/location.js';
import * as harness from '../../index.js';
import { isScenario, type Scenario } from '../../sim/scenario.js';
import { nearest } from '../args/nearest.js';
import { placeOf } from '../place.js';
import { Problem, reasonOf } from '../problem.js';
import { isFile, isSource } from './reference.js';
import type { Selected } from './selected.js';

/** The entry points of this package: the instances that run, because operations of another copy would not be recognised. */
const packageModules: Readonly<Record<string, unknown>> = {
  qomcheck: harness,
  'qomcheck/models': models,
  'qomcheck/properties': properties,
};

/**
 * Loads the scenarios of a user's file: TypeScript or JavaScript, without a build step. `qomcheck` means this very package in it,
 * whether or not it is installed there.
 *
 * @throws Problem when the file does not exist, does not compile, throws or exports no scenario.
 */
export async function userScenarios(path: string): Promise<Selected[]> {
  const file = normalize(path).split(sep).join('/');
  if (!isFile(path)) throw noFile(path, file);
  const found = [...new Set(scenariosIn(await load(path, file)))];
  if (found.length === 0) {
    throw new Problem(
      'bad-scenario-file',
      `${file} exports no scenario`,
      "write export const example = scenario('name', (sim) => { ... })",
    );
  }
  const names = new Set<string>();
  for (const { name } of found) {
    if (names.has(name)) {
      throw new Problem(
        'bad-scenario-file',
        `${file} exports two scenarios called "${name}"`,
        'give each a name of its own',
      );
    }
    names.add(name);
  }
  return found.map((scenario) => ({
    scenario: Object.freeze({ ...scenario, name: `${file}#${scenario.name}` }),
    claim: undefined,
    options: {},
  }));
}

function noFile(path: string, file: string): Problem {
  if (existsSync(path)) {
    const hint = 'name the scenario files in it: those that end in .ts, .js, .mts or .mjs';
    return new Problem('unreadable-file', `"${file}" is a folder, and a file is expected`, hint);
  }
  const folder = dirname(resolve(path));
  const problem = `there is no file "${file}"`;
  if (!existsSync(folder)) {
    return new Problem('unreadable-file', problem, `there is no folder "${folder}" either`);
  }
  const meant = nearest(basename(path), readdirSync(folder).filter(isSource));
  const hint =
    meant === undefined
      ? `it was looked for in the folder "${folder}"`
      : `did you mean ${join(dirname(path), meant).split(sep).join('/')}?`;
  return new Problem('unreadable-file', problem, hint);
}

async function load(path: string, file: string): Promise<unknown> {
  const jiti = createJiti(import.meta.url, {
    // Nothing is left behind on disk, and nothing old is found there.
    fsCache: false,
    interopDefault: false,
    virtualModules: packageModules,
  });
  try {
    return await jiti.import(resolve(path));
  } catch (error) {
    throw explainLoading(error, file);
  }
}

/** All scenarios among the exports of a module, those in lists and in plain objects included. */
function scenariosIn(value: unknown, seen = new Set<unknown>()): Scenario[] {
  if (isScenario(value)) return [value];
  if (typeof value !== 'object' || value === null || seen.has(value)) return [];
  seen.add(value);
  const prototype: unknown = Object.getPrototypeOf(value);
  const isPlain = Array.isArray(value) || prototype === Object.prototype || prototype === null;
  if (!isPlain) return [];
  return Object.values(value).flatMap((each) => scenariosIn(each, seen));
}

/** jiti tells the place of a syntax error only in its message. */
const syntaxError = /^ParseError: ([^]*?)\s*\n\s*(\S[^\n]*?):(\d+):(\d+)/;

function explainLoading(error: unknown, file: string): Problem {
  const text = error instanceof Error ? error.message : String(error);
  const syntax = syntaxError.exec(text);
  if (syntax !== null) {
    const [, what = '', where = '', line = '', column = ''] = syntax;
    return new Problem(
      'bad-scenario-file',
      `${displayPath(where)}:${line}:${column} does not compile: ${what.split('\n')[0] ?? ''}`,
    );
  }
  const at = placeOf(error);
  if ((error as NodeJS.ErrnoException | undefined)?.code?.endsWith('MODULE_NOT_FOUND')) {
    return new Problem('bad-scenario-file', `${at ?? file} cannot be loaded: ${reasonOf(error)}`);
  }
  const thrown = error instanceof Error ? `${error.name}: ${reasonOf(error)}` : String(error);
  const where = at === undefined ? '' : ` (${at})`;
  return new Problem('bad-scenario-file', `${file} throws while it is loaded: ${thrown}${where}`);
}
