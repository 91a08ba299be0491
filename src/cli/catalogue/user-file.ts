import { normalize, resolve, sep } from 'node:path';
import { createJiti } from 'jiti';
import * as models from '../../../models/index.js';
import * as properties from '../../../properties/index.js';
import { displayPath } from '../../engine/location.js';
import * as harness from '../../index.js';
import type { Scenario } from '../../sim/scenario.js';
import { placeOf } from '../place.js';
import { Problem, reasonOf } from '../problem.js';
import { isFile } from './reference.js';
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
  if (!isFile(path)) throw new Problem('unreadable-file', `there is no file "${file}"`);
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

/** All scenarios among the exports of a module, lists included. */
function scenariosIn(value: unknown): Scenario[] {
  if (isScenario(value)) return [value];
  if (Array.isArray(value)) return value.flatMap(scenariosIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((each) =>
    isScenario(each) || Array.isArray(each) ? scenariosIn(each) : [],
  );
}

function isScenario(value: unknown): value is Scenario {
  if (typeof value !== 'object' || value === null) return false;
  const { name, setup, maxSteps } = value as Partial<Scenario>;
  return typeof name === 'string' && typeof setup === 'function' && typeof maxSteps === 'number';
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
