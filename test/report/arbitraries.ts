import * as fc from 'fast-check';
import { type Event, type Report, type Violation, violationKinds } from '../../src/index.js';

/** Names that people give and names that break things. */
const name = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('A', 'vcpu0', 'main loop', 'machine.nic0.regs', 'x') },
  { weight: 2, arbitrary: fc.string({ minLength: 1, maxLength: 120 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('</pre>', ']]>', '::error::', '`````', '\u001b[31m', ''),
  },
);

const operation = fc.oneof(
  fc.constantFrom('load', 'store', 'fetchAdd', 'lock', 'tryLock', 'free', 'alloc', 'until', 'put'),
  name,
);

const value = fc.oneof(fc.constant(null), fc.boolean(), fc.integer(), name);

const location = fc.oneof(
  fc.constant(''),
  fc.constantFrom('models/qom/object.ts:12', 'models/qdev/object.ts:999', 'object.ts:1'),
  fc.tuple(name, fc.nat()).map(([file, line]) => `${file}:${line}`),
);

/** The steps of an execution by threads of these names. */
function eventsBy(threads: readonly string[], maxLength: number): fc.Arbitrary<Event[]> {
  return fc
    .array(
      fc.record({
        thread: fc.constantFrom(...threads),
        operation,
        object: name,
        value,
        label: fc.oneof({ weight: 3, arbitrary: fc.constant('') }, name),
        location,
        preempts: fc.boolean(),
      }),
      { maxLength },
    )
    .map((events) => events.map((event, i) => ({ index: i + 1, ...event })));
}

/** The steps of an execution, not necessarily a possible one. */
export const anyEvents: fc.Arbitrary<Event[]> = fc
  .uniqueArray(name, { minLength: 1, maxLength: 24 })
  .chain((threads) => fc.oneof(eventsBy(threads, 30), eventsBy(threads, 200)));

/** A violation at the last step or at the end of an execution. */
export const anyViolation: fc.Arbitrary<Violation> = fc
  .record({
    events: anyEvents,
    kind: fc.constantFrom(...violationKinds),
    property: name,
    message: name,
    details: fc.array(name, { maxLength: 60 }),
    atEnd: fc.boolean(),
  })
  .map(({ events, atEnd, ...rest }) => ({
    ...rest,
    token: 'q1.0-AAA.v-BBBB.CCCC',
    steps: events.length,
    preemptions: events.filter((event) => event.preempts).length,
    events,
    thread: atEnd ? '' : (events[events.length - 1]?.thread ?? ''),
  }));

/** A report of any verdict. */
export const anyReport: fc.Arbitrary<Report> = fc
  .record({
    scenario: name,
    strategy: fc.constantFrom('dfs', 'random'),
    seed: fc.oneof(fc.nat(), name),
    preemptions: fc.option(fc.nat(9)),
    violations: fc.array(anyViolation, { maxLength: 2 }),
    verified: fc.boolean(),
    executions: fc.nat(),
    warnings: fc.array(name, { maxLength: 3 }),
  })
  .map(({ preemptions, violations, verified, warnings, ...rest }): Report => {
    const failing = violations.length;
    return {
      schemaVersion: 1,
      ...rest,
      bounds: { preemptions, delays: null },
      verdict: failing > 0 ? 'violated' : verified ? 'verified' : 'passed',
      complete: failing === 0 && verified,
      failing,
      deadlocks: 0,
      redundant: 0,
      steps: 10,
      elapsedMs: 12.5,
      violations,
      unreached: [],
      warnings,
    };
  });

/** Reports of several scenarios. */
export const anyReports: fc.Arbitrary<Report[]> = fc.array(anyReport, { maxLength: 3 });
