import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { Merger } from '../../src/explore/parts.js';
import { explore, type Report, type Sim, scenario } from '../../src/index.js';
import { failures, holding } from '../engine/gallery.js';
import { doing, exhaustive, randomised, strategyNames, thorough } from '../sim/support.js';

const three = scenario('three writers', (sim) => {
  const x = sim.atomic('x', 0);
  for (const name of ['A', 'B', 'C'])
    sim.thread(
      name,
      doing(() => x.fetchAdd(1)),
    );
});
const failing = scenario('always', (sim) => {
  const x = sim.atomic('x', 0);
  for (const name of ['A', 'B', 'C'])
    sim.thread(
      name,
      doing(() => x.fetchAdd(1)),
    );
  sim.finally(() => sim.fail('always'));
});

const keys = [
  'schemaVersion',
  'scenario',
  'strategy',
  'seed',
  'bounds',
  'verdict',
  'complete',
  'executions',
  'failing',
  'deadlocks',
  'redundant',
  'steps',
  'elapsedMs',
  'violations',
  'unreached',
  'warnings',
];
const violationKeys = ['kind', 'property', 'message', 'token', 'steps', 'preemptions', 'events'];
const eventKeys = ['index', 'thread', 'operation', 'object', 'value', 'label', 'location'];

describe('a report', () => {
  it.each(strategyNames)('should have its keys in a stable order under %s', (strategy) => {
    const report = explore(failing, { strategy, seed: 1 });
    expect(Object.keys(report).slice(0, keys.length)).toEqual(keys);
    expect(Object.keys(report.bounds).slice(0, 2)).toEqual(['preemptions', 'delays']);
    const violation = report.violations[0]!;
    // Fields may be added after those listed; JSON leaves out what is undefined.
    const listed = (object: object, names: readonly string[]): string[] =>
      Object.keys(object).filter((name) => names.includes(name));
    expect(listed(violation, violationKeys)).toEqual(violationKeys);
    expect(listed(violation.events[0]!, eventKeys)).toEqual(eventKeys);
    expect(Object.keys(violation).indexOf('events')).toBeGreaterThanOrEqual(6);
  });

  it('should look like this', () => {
    const report = explore(failing, { strategy: 'dfs', seed: 'fixed' });
    const places = report.violations.map((violation) => ({
      ...violation,
      events: violation.events.map((event) => ({ ...event, location: 'file:line' })),
    }));
    expect({ ...report, elapsedMs: 0, violations: places }).toMatchSnapshot();
  });

  it('should be plain JSON data', () => {
    for (const each of [...holding.slice(0, 3), ...failures.map(({ scenario: one }) => one)]) {
      const report = explore(each, { seed: 1, maxExecutions: 200, stopAfter: Infinity });
      expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    }
  });

  test.prop([fc.anything()])('should be plain JSON data whatever the values are', (value) => {
    const report = explore(
      scenario('values', (sim) => {
        const x = sim.atomic<unknown>('x', value);
        sim.thread('A', function* () {
          yield* x.store(yield* x.exchange(yield* x.load()));
          yield* x.compareExchange(value, value);
        });
        sim.finally(() => sim.fail('look'));
      }),
    );
    expect(report.violations).toHaveLength(1);
    const text = JSON.stringify(report);
    expect(JSON.stringify(JSON.parse(text))).toBe(text);
    expect(
      report.violations[0]?.events.every(
        ({ value: shown }) =>
          shown === null || ['string', 'number', 'boolean'].includes(typeof shown),
      ),
    ).toBe(true);
  });

  it('should echo the name, strategy and seed', () => {
    for (const strategy of strategyNames) {
      for (const seed of [7, 'seven']) {
        const report = explore(three, { strategy, seed, maxExecutions: 2 });
        expect(report).toMatchObject({
          scenario: 'three writers',
          strategy,
          seed,
          schemaVersion: 1,
        });
      }
    }
  });

  it('should tell the same violation at the same place once', () => {
    const report = explore(failing, { strategy: 'dfs', stopAfter: Infinity });
    expect(report).toMatchObject({ executions: 6, failing: 6 });
    expect(report.violations).toHaveLength(1);
  });

  it('should tell violations of one property at different places apart', () => {
    const report = explore(
      scenario('places', (sim) => {
        for (const name of ['A', 'B']) {
          sim.thread(name, function* () {
            yield* sim.pause();
            sim.fail('same');
          });
        }
      }),
      { strategy: 'dfs', stopAfter: Infinity },
    );
    expect(report.violations.map(({ property }) => property)).toEqual(['same', 'same']);
  });

  it('should tell how long it took', () => {
    const { elapsedMs } = explore(three);
    expect(elapsedMs).toBeGreaterThanOrEqual(0);
    expect(Number.isFinite(elapsedMs)).toBe(true);
  });
});

describe('a verdict', () => {
  const cases: [string, Report, Partial<Report>][] = [
    ['everything explored', explore(three), { verdict: 'verified', complete: true, executions: 6 }],
    [
      'just enough executions',
      explore(three, { maxExecutions: 6 }),
      { verdict: 'verified', complete: true },
    ],
    [
      'one execution too few',
      explore(three, { maxExecutions: 5 }),
      { verdict: 'passed', complete: false, executions: 5 },
    ],
    [
      'one failure, stopped',
      explore(failing),
      { verdict: 'violated', complete: false, executions: 1 },
    ],
    [
      'all failures',
      explore(failing, { stopAfter: Infinity }),
      { verdict: 'violated', complete: true, executions: 6 },
    ],
    [
      'some failures',
      explore(failing, { stopAfter: Infinity, maxExecutions: 2 }),
      { verdict: 'violated', complete: false, executions: 2 },
    ],
  ];
  it.each(cases)('should be right with %s', (_what, report, expected) => {
    expect(report).toMatchObject(expected);
  });

  it.each(exhaustive)('should be the same for dfs and dpor: %s', (strategy) => {
    expect(explore(three, { strategy, maxExecutions: 5 })).toMatchObject({
      verdict: 'passed',
      complete: false,
    });
    expect(explore(three, { strategy, maxExecutions: 6 })).toMatchObject({
      verdict: 'verified',
      complete: true,
    });
  });

  it.each(randomised)('should never be complete under %s', (strategy) => {
    const report = explore(three, { strategy, seed: 1, maxExecutions: 500 });
    expect(report).toMatchObject({ verdict: 'passed', complete: false, executions: 500 });
  });

  it('should not be a pass of the whole space when time runs out', () => {
    const many = scenario('many', (sim) => {
      for (let i = 0; i < 8; i++) {
        sim.thread(`T${i}`, doing(...Array.from({ length: 4 }, () => () => sim.pause())));
      }
    });
    for (const strategy of ['dfs', 'random'] as const) {
      const report = explore(many, { strategy, timeLimitMs: 30, maxExecutions: Infinity });
      expect(report).toMatchObject({ verdict: 'passed', complete: false });
      expect(report.executions).toBeGreaterThan(0);
    }
  });

  it('should be violated when an execution exceeds its steps', () => {
    const report = explore(three, { maxSteps: 2 });
    expect(report).toMatchObject({ verdict: 'violated' });
    expect(report.violations[0]?.kind).toBe('livelock');
  });

  it.each(strategyNames)(
    'should count executions, failures and deadlocks consistently under %s',
    (strategy) => {
      for (const { scenario: each } of failures) {
        const report = explore(each, { ...thorough(strategy), stopAfter: Infinity });
        expect(report.failing).toBeLessThanOrEqual(report.executions);
        expect(report.deadlocks).toBeLessThanOrEqual(report.failing);
        expect(report.failing > 0).toBe(report.verdict === 'violated');
        expect(report.failing > 0).toBe(report.violations.length > 0);
      }
    },
  );
});

describe('onProgress', () => {
  it('should be called while a search runs, with numbers that grow', () => {
    const seen: number[] = [];
    explore(
      scenario('slow', (sim) => {
        for (const name of ['A', 'B']) {
          sim.thread(name, doing(...Array.from({ length: 12 }, () => () => sim.pause())));
        }
      }),
      {
        strategy: 'random',
        seed: 1,
        maxExecutions: Infinity,
        timeLimitMs: 900,
        onProgress: ({ executions, failing: failed, steps, elapsedMs }) => {
          expect(steps).toBe(executions * 24);
          expect(failed).toBe(0);
          expect(elapsedMs).toBeGreaterThan(0);
          seen.push(executions);
        },
      },
    );
    expect(seen.length).toBeGreaterThan(0);
    expect([...seen].sort((a, b) => a - b)).toEqual(seen);
  });
});

describe('a search in which no thread takes a step', () => {
  const warning = 'no thread took a step: nothing was explored';
  const idle: [string, (sim: Sim) => unknown][] = [
    ['there is no thread', (sim) => sim.atomic('x', 0)],
    ['threads do nothing', (sim) => ['A', 'B'].map((name) => sim.thread(name, doing()))],
    ['there are daemons only', (sim) => [sim.rcu('rcu'), sim.clock('clock')]],
  ];
  it.each(idle)('should be warned of where %s', (_what, setup) => {
    for (const strategy of strategyNames) {
      const options = { ...thorough(strategy), maxExecutions: 3 };
      const report = explore(
        scenario('idle', (sim) => void setup(sim)),
        options,
      );
      expect(report.verdict).toBe(exhaustive.includes(strategy) ? 'verified' : 'passed');
      expect(report.warnings).toEqual([warning]);
      const merger = new Merger(Infinity);
      merger.add({ report, failures: [] });
      expect(merger.report().warnings).toEqual([warning]);
    }
  });

  it('should not be warned of where that is what failed, or one step was taken', () => {
    const failed = explore(
      scenario('idle', (sim) => {
        sim.finally(() => sim.fail('always'));
      }),
    );
    expect(failed).toMatchObject({ verdict: 'violated', warnings: [] });
    const stepped = explore(
      scenario('one step', (sim) => {
        sim.thread(
          'A',
          doing(() => sim.pause()),
        );
      }),
    );
    expect(stepped.warnings).toEqual([]);
  });
});
