import { describe, expect, test } from 'vitest';
import {
  explore,
  type FailureReportOptions,
  failureReport,
  minimize,
  type Report,
  replay,
  scenario,
  UsageError,
} from '../../src/index.js';
import '../../src/testing/vitest.js';

/** Each thread that comes before A fails in its own way. */
const fourFailures = scenario('Four.failures', (sim) => {
  const x = sim.atomic('x', 0);
  sim.thread('A', function* () {
    yield* x.store(1);
  });
  for (const name of ['B', 'C', 'D', 'E']) {
    sim.thread(name, function* () {
      sim.assert((yield* x.load()) === 1, `${name} came too early`);
    });
  }
});

const counted = scenario('counted', (sim) => {
  const x = sim.atomic('x', 0);
  for (const name of ['A', 'B']) {
    sim.thread(name, function* () {
      yield* x.fetchAdd(1);
    });
  }
});

const everything = { stopAfter: Infinity, strategy: 'dfs' } as const;
const report = explore(fourFailures, everything);
const [first] = report.violations;
if (first === undefined) throw new Error('nothing failed');

describe('failureReport', () => {
  test('should print the failures of a report, and count those after the third', () => {
    const text = failureReport(report);
    expect(text.match(/^Four\.failures: assertion: . came too early$/gm)).toHaveLength(3);
    expect(text).toMatch(/\n\nand 1 more kind or place of failure$/);
  });

  test('should end in a line that replays the failure', () => {
    const text = failureReport(report, { violation: first });
    expect(text).toContain('load x = 0');
    const [, token] = /\nreplay\(fourFailures, '([\w.-]+)'\)$/.exec(text) ?? [];
    expect(replay(fourFailures, token as string).violation?.property).toBe(first.property);
  });

  test('should be what a matcher prints', () => {
    const found = explore(fourFailures, { seed: 1 });
    expect(() => {
      expect(fourFailures).toPass({ seed: 1 });
    }).toThrow(failureReport(found));
  });

  test('should print a simpler failure than that of the report', () => {
    const { violation } = minimize(fourFailures, first);
    expect(failureReport(report, { violation })).toContain(violation.token);
  });

  test('should keep to the width, and take another line to paste', () => {
    const replayLine = ({ token }: { token: string }): string => `node replay.js ${token}`;
    const lines = failureReport(report, { violation: first, width: 60, replayLine }).split('\n');
    expect(lines.pop()).toBe(`node replay.js ${first.token}`);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
  });

  test('should use colours when asked to', () => {
    expect(failureReport(report)).not.toContain('\u001b[');
    expect(failureReport(report, { color: true })).toContain('\u001b[');
  });

  test('should say how far a search looked that found nothing', () => {
    const held = explore(counted, { strategy: 'dfs', preemptions: 0 });
    expect(failureReport(held)).toBe('counted: verified within 0 preemptions; 2 executions; dfs');
  });

  test.each<[unknown, unknown, string]>([
    [fourFailures, {}, 'expected a report, which explore returns'],
    [undefined, {}, 'expected a report, which explore returns'],
    [report, first.token, 'the options of failureReport must be an object'],
    [report, { colour: true }, 'failureReport has no option "colour"; the options are violation,'],
    [report, { color: 'always' }, 'color must be true or false, not always'],
    [report, { width: 20 }, 'width must be a whole number from 60, not 20'],
    [report, { violation: first.token }, 'expected a violation, which the report of explore lists'],
    [report, { replayLine: 'replay' }, 'replayLine must be a function, not replay'],
  ])('should refuse %#', (given, options, message) => {
    const call = (): string => failureReport(given as Report, options as FailureReportOptions);
    expect(call).toThrow(UsageError);
    expect(call).toThrow(message);
  });
});
