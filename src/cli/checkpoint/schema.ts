import { z } from 'zod';
import { strategyNames } from '../../explore/options.js';
import type { SavedSearch } from '../../explore/saved.js';
import { violationSchema } from '../schema.js';

/** What a search was told, as far as it decides what is found. */
export interface CheckpointOptions {
  readonly scenario: string;
  readonly strategy: string;
  readonly seed: string | number;
  readonly preemptions: number | null;
  readonly delays: number | null;
  readonly steps: number;
  /** Null stands for no limit. */
  readonly stopAfter: number | null;
}

/** A checkpoint as it stands in a file. */
export interface Checkpoint extends CheckpointOptions {
  readonly format: typeof format;
  readonly version: typeof formatVersion;
  /** The version of this package: searches of different versions may go different ways. */
  readonly qomcheck: string;
  /** A fingerprint of the search as JSON text. */
  readonly check: string;
  readonly search: SavedSearch;
}

export const format = 'qomcheck checkpoint';
export const formatVersion = 1;

const count = z.number().int().nonnegative();
const integer = z.number().int();
const counts = z.array(count);
const access = z.tuple([count, count, integer, integer, counts, counts]);
const trees = z.array(z.tuple([access, count]));
const watched = z.tuple([count, counts]);
const identities = z.array(z.tuple([count, count]).nullable());

const strategy = z.discriminatedUnion('search', [
  z.strictObject({ search: z.literal('dfs'), choices: counts }),
  z.strictObject({
    search: z.literal('bounded'),
    choices: counts,
    events: z.array(z.string()),
    arrivals: z.array(z.tuple([z.string(), z.array(z.tuple([integer, count]))])),
    ends: z.array(z.string()),
  }),
  z.strictObject({
    search: z.literal('optimal'),
    path: z.array(z.tuple([count, count])),
    nodes: z.array(z.strictObject({ children: trees, sleep: z.array(access), races: counts })),
    chosen: trees,
    afresh: z.boolean(),
    conditions: z.strictObject({
      invariants: z.array(watched),
      untils: z.array(z.tuple([count, watched])),
      watchers: z.array(z.tuple([count, counts])),
    }),
  }),
]);

const search = z.strictObject({
  index: count,
  executions: count,
  failing: count,
  deadlocks: count,
  redundant: count,
  steps: count,
  endless: z.boolean(),
  elapsedMs: z.number().nonnegative(),
  violations: z.array(z.tuple([z.string(), violationSchema])),
  session: z.strictObject({
    objects: identities,
    threads: identities,
    detectRaces: z.boolean(),
    reachable: z.array(z.tuple([z.string(), z.boolean()])),
  }),
  strategy,
  last: z.string(),
});

const checkpoint = z.strictObject({
  format: z.literal(format),
  version: z.literal(formatVersion),
  qomcheck: z.string(),
  scenario: z.string(),
  strategy: z.enum(strategyNames),
  seed: z.union([z.string(), z.number()]),
  preemptions: count.nullable(),
  delays: count.nullable(),
  steps: count,
  stopAfter: count.nullable(),
  check: z.string(),
  search,
});

/** Reads a checkpoint; undefined when the data is none. */
export function parseCheckpoint(data: unknown): Checkpoint | undefined {
  const result = checkpoint.safeParse(data);
  return result.success ? result.data : undefined;
}

const head = z.looseObject({
  format: z.literal(format),
  version: z.number(),
  qomcheck: z.string(),
});

/** The versions that data says it is of; undefined when it is no checkpoint of any version. */
export function versionsOf(
  data: unknown,
): { readonly version: number; readonly qomcheck: string } | undefined {
  const result = head.safeParse(data);
  return result.success ? result.data : undefined;
}
