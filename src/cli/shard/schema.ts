import { z } from 'zod';
import { strategyNames } from '../../explore/options.js';
import type { Report } from '../../explore/report.js';
import { type Claimed } from '../catalogue/selected.js';
import { violationSchema } from '../schema.js';
import type { ShardJson } from './document.js';

/** A report as `qomcheck run --json` prints it. */
export type ReportDocument = Omit<Report, 'elapsedMs'> & {
  readonly elapsedMs?: number | undefined;
  readonly claim: Claimed['claim'] | null;
  readonly difference: Claimed['difference'] | null;
};

/** What `qomcheck run --json` prints. */
export interface RunDocument {
  readonly interrupted: boolean;
  readonly reports: readonly ReportDocument[];
  /** Present with `--shard`. */
  readonly shard?: ShardJson | undefined;
}

const count = z.number().int().nonnegative();
const texts = z.array(z.string());
const outcome = z.union([z.literal('verified'), texts]);

const report = z.looseObject({
  schemaVersion: z.literal(1),
  scenario: z.string(),
  strategy: z.enum(strategyNames),
  seed: z.union([z.string(), z.number()]),
  bounds: z.looseObject({ preemptions: count.nullable(), delays: count.nullable() }),
  verdict: z.enum(['verified', 'passed', 'violated']),
  complete: z.boolean(),
  executions: count,
  failing: count,
  deadlocks: count,
  redundant: count,
  steps: count,
  elapsedMs: z.number().nonnegative().optional(),
  violations: z.array(violationSchema),
  unreached: texts,
  warnings: texts,
  claim: z.looseObject({ expects: outcome, who: z.string(), where: z.string() }).nullable(),
  difference: z.looseObject({ found: outcome, because: z.string() }).nullable(),
});

const shard = z.object({
  index: count.min(1),
  count: count.min(1),
  qomcheck: z.string(),
  options: z.record(z.string(), z.union([z.string(), z.number(), z.literal(true)])),
  scenarios: texts,
  executions: z
    .object({ first: count, count, all: count, stopAfter: count.min(1).nullable() })
    .nullable(),
  violations: z.array(z.object({ found: violationSchema, simpler: violationSchema.nullable() })),
  failures: z.array(
    z.object({
      executions: count,
      deadlocks: count,
      steps: count,
      violations: count,
      unreached: texts,
    }),
  ),
});

const document = z.looseObject({
  schemaVersion: z.literal(1),
  interrupted: z.boolean(),
  reports: z.array(report),
  shard: shard.optional(),
});

/** Reads what `qomcheck run --json` printed; undefined when the data is something else. */
export function parseRun(data: unknown): RunDocument | undefined {
  const result = document.safeParse(data);
  // What is expected is only compared: a word that this version does not know is not found.
  return result.success ? (result.data as RunDocument) : undefined;
}
