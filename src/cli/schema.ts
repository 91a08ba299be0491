import { z } from 'zod';
import { violationKinds } from '../engine/violation.js';
import type { Violation } from '../replay/violation.js';

const count = z.number().int().nonnegative();

const event = z.looseObject({
  index: count,
  thread: z.string(),
  operation: z.string(),
  object: z.string(),
  value: z.union([z.string(), z.number(), z.boolean(), z.null()]),
  label: z.string(),
  location: z.string(),
  preempts: z.boolean(),
});

const minimized = z.looseObject({
  preemptions: count,
  steps: count,
  provenMinimal: z.boolean(),
  executions: count,
});

/** A violation that was written as JSON. Fields that this version does not know are kept. */
export const violationSchema: z.ZodType<Violation> = z
  .looseObject({
    kind: z.enum(violationKinds),
    property: z.string(),
    message: z.string(),
    token: z.string(),
    steps: count,
    preemptions: count,
    events: z.array(event),
    thread: z.string(),
    details: z.array(z.string()),
    minimized: minimized.optional(),
  })
  // An absent field stays absent.
  .transform((violation) => violation as Violation);
