import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { resolveOptions } from '../../explore/options.js';
import { pathDiffers } from '../../explore/path.js';
import type { SavedSearch } from '../../explore/saved.js';
import { encode, hash } from '../../replay/fingerprint.js';
import { isFile } from '../catalogue/reference.js';
import type { Selected } from '../catalogue/selected.js';
import type { GivenOptions } from '../explore-one.js';
import { asProblem } from '../explore-one.js';
import { readJson } from '../json-file.js';
import { writeWhole } from '../output/files.js';
import { version } from '../package.js';
import { Problem } from '../problem.js';
import {
  type Checkpoint,
  type CheckpointOptions,
  format,
  formatVersion,
  parseCheckpoint,
  versionsOf,
} from './schema.js';

const startAnew = 'remove it to begin from the start';

function optionsOf({ scenario }: Selected, options: GivenOptions): CheckpointOptions {
  const settings = resolveOptions(scenario, options);
  const { strategy, seed, preemptions = null, delays = null, maxSteps, stopAfter } = settings;
  return {
    scenario: scenario.name,
    strategy,
    seed,
    preemptions,
    delays,
    steps: maxSteps,
    stopAfter: stopAfter === Infinity ? null : stopAfter,
  };
}

/** A checksum of a search, so that a file that was damaged or edited is not believed. */
function checkOf(search: unknown): string {
  return encode(hash(JSON.stringify(search)), 6);
}

/** Saves a search: completely or not at all. */
export function writeCheckpoint(
  path: string,
  selected: Selected,
  options: GivenOptions,
  search: SavedSearch,
): void {
  const checkpoint: Checkpoint = {
    format,
    version: formatVersion,
    qomcheck: version,
    ...optionsOf(selected, options),
    check: checkOf(search),
    search,
  };
  writeWhole(path, `${JSON.stringify(checkpoint)}\n`);
}

/** Removes the file of a search that came to its end. */
export function removeCheckpoint(path: string): void {
  if (isFile(path)) rmSync(resolve(path));
}

/**
 * The search that was saved in a file; undefined when there is no file.
 *
 * @throws Problem when it cannot be read or does not fit.
 */
export function readCheckpoint(
  path: string,
  selected: Selected,
  options: GivenOptions,
): SavedSearch | undefined {
  if (!isFile(path)) return undefined;
  const data = readJson(path, 'bad-checkpoint', 'checkpoint');
  const versions = versionsOf(data);
  if (versions === undefined) throw new Problem('bad-checkpoint', `"${path}" is no checkpoint`);
  if (versions.version !== formatVersion || versions.qomcheck !== version) {
    const written = `"${path}" was written by qomcheck ${versions.qomcheck}`;
    const format = `version ${versions.version} of the format`;
    throw new Problem(
      'bad-checkpoint',
      `${written} (${format}), and only ${version} (version ${formatVersion}) can go on with it`,
      startAnew,
    );
  }
  const checkpoint = parseCheckpoint(data);
  const raw = (data as { readonly search?: unknown }).search;
  if (checkpoint === undefined || checkOf(raw) !== checkpoint.check) {
    throw new Problem('bad-checkpoint', `the checkpoint "${path}" is damaged`, startAnew);
  }
  checkFits(path, checkpoint, selected, options);
  return checkpoint.search;
}

const words: Readonly<Record<string, string>> = { stopAfter: 'stop-after' };

function checkFits(
  path: string,
  checkpoint: Checkpoint,
  selected: Selected,
  options: GivenOptions,
): void {
  const wanted = optionsOf(selected, options);
  if (checkpoint.scenario !== wanted.scenario) {
    throw new Problem(
      'bad-checkpoint',
      `"${path}" is a checkpoint of the scenario "${checkpoint.scenario}", not of "${wanted.scenario}"`,
      startAnew,
    );
  }
  const names = Object.keys(wanted) as (keyof CheckpointOptions)[];
  const differing = names.find((name) => checkpoint[name] !== wanted[name]);
  if (differing !== undefined) {
    const [there, here] = [checkpoint[differing], wanted[differing]].map((value) =>
      value === null ? (differing === 'stopAfter' ? '"all"' : 'none') : JSON.stringify(value),
    );
    throw new Problem(
      'bad-checkpoint',
      `"${path}" was saved by a search with other options: ${words[differing] ?? differing} was ${there ?? ''}, and is ${here ?? ''} here`,
      `give the same options, or ${startAnew}`,
    );
  }
  const { maxSteps, stopAfter } = resolveOptions(selected.scenario, options);
  const haltAfter = stopAfter === 1 ? 1 : Infinity;
  const differs = asProblem(wanted.scenario, () =>
    pathDiffers(selected.scenario, checkpoint.search.last, { maxSteps, haltAfter }),
  );
  if (differs === undefined) return;
  throw new Problem(
    'bad-checkpoint',
    `the scenario "${wanted.scenario}" has changed since "${path}" was saved: ${differs}`,
    startAnew,
  );
}
