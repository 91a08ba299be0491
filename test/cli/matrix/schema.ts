import { z } from 'zod';
import { labels } from '../../../properties/index.js';
import { strategyNames } from '../../../src/explore/options.js';
import { violationKinds } from '../../../src/index.js';

// What the README says of `qomcheck matrix --json`.

const count = z.number().int().nonnegative();
const text = z.string().min(1);
const label = z.enum(Object.keys(labels) as [string, ...string[]]);
const kind = z.enum(violationKinds);
const outcome = z.union([
  z.literal('verified'),
  z.array(z.union([label, z.enum(['assertion', 'data-race', 'exception'])])).min(1),
]);

const cell = z.strictObject({
  design: text,
  hazard: text,
  family: text,
  scenario: text,
  claim: z.strictObject({ expects: outcome, who: text, where: text }).nullable(),
  verdict: z.enum(['verified', 'passed', 'violated']),
  kinds: z.array(kind),
  labels: z.array(label),
  strategy: z.enum(strategyNames),
  bounds: z.looseObject({ preemptions: count.nullable(), delays: count.nullable() }),
  executions: count,
  complete: z.boolean(),
  preemptions: count.nullable(),
  tokens: z.array(
    z.strictObject({
      kind,
      labels: z.array(label),
      property: text,
      token: z.string().regex(/^[\w.-]+$/),
      preemptions: count,
      steps: count,
      provenMinimal: z.boolean(),
    }),
  ),
  source: z.string(),
  agrees: z.boolean().nullable(),
  standing: z.enum(['claimed', 'recorded', 'different', 'open', 'unclaimed', 'defect']),
  difference: z.strictObject({ found: outcome, because: text }).nullable(),
  defect: text.nullable(),
  unreached: z.array(text),
  warnings: z.array(text),
});

const family = z.strictObject({
  name: text,
  question: text,
  designs: z.array(z.strictObject({ id: text, name: text, who: text, where: text, summary: text })),
  hazards: z.array(z.strictObject({ name: text, title: text, description: text })),
  conclusions: z.array(z.strictObject({ row: text, text })),
  indistinguishable: z.array(z.array(text).min(2)),
});

/** The document of `qomcheck matrix --json`. */
export const matrixSchema = z.strictObject({
  schemaVersion: z.literal(1),
  interrupted: z.boolean(),
  families: z.array(family),
  cells: z.array(cell),
});

/** One cell of it. */
export type CellDocument = z.infer<typeof cell>;
