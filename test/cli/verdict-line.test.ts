import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../scenarios/entry.js';
import { type LineLayout, verdictLines } from '../../src/cli/output/verdict-line.js';
import type { Judged } from '../../src/cli/result.js';
import type { Report, Violation } from '../../src/index.js';
import { times } from '../kit/build.js';
import { reportWith } from '../report/fixture.js';

function linesOf(change: Partial<Report>, claim?: Outcome, layout: Partial<LineLayout> = {}) {
  const selected =
    claim === undefined ? {} : { claim: { expects: claim, who: 'somebody', where: 'a mail' } };
  const judged: Judged = { selected, report: reportWith({ strategy: 'dpor', ...change }) };
  const paint: LineLayout['paint'] = (_tone, text) => text;
  return verdictLines(judged, { nameWidth: 14, width: 100, paint, ...layout });
}

const bounds = { preemptions: 2, delays: null };
const violation = { kind: 'invariant', property: 'I11: what dangles' } as Violation;
const failed = {
  verdict: 'violated',
  failing: 106,
  executions: 514,
  violations: [violation],
} as const;

describe('the line about a scenario', () => {
  test('should begin with the verdict and the name, below each other', () => {
    expect(linesOf({}, 'verified')).toEqual([
      'verified     lost-update     1,234,567 executions; dpor; claim: verified',
    ]);
    expect(linesOf(failed)).toEqual([
      'violated     lost-update     invariant; 106 of 514 executions failed (all explored); dpor',
    ]);
  });

  test('should have the bound beside what is verified, or not, within it', () => {
    expect(linesOf({ bounds })).toEqual([
      'verified within 2 preemptions lost-update  1,234,567 executions; dpor',
    ]);
    expect(linesOf({ bounds, verdict: 'passed', complete: false, executions: 9 })).toEqual([
      'inconclusive within 2 preemptions lost-update  9 executions; dpor',
    ]);
  });

  test('should leave out columns after the name rather than take another line', () => {
    const scenario = 'n'.repeat(60);
    const [line = '', ...more] = linesOf({ scenario, executions: 7 }, undefined, { nameWidth: 70 });
    expect(line).toMatch(/^verified {5}n{60} {2,}7 executions; dpor$/);
    expect([line.length, more]).toEqual([100, []]);
  });

  test('should go on below where it is too long, the claim first', () => {
    const scenario = 'n'.repeat(43);
    expect(linesOf({ scenario, bounds, executions: 514 }, 'verified')).toEqual([
      `verified within 2 preemptions ${scenario}  514 executions; dpor;`,
      '               claim: verified',
    ]);
    expect(linesOf({ ...failed, scenario, bounds }, ['I11'])).toEqual([
      `violated     ${scenario}  invariant;`,
      '               106 of 514 executions failed (all explored within 2 preemptions); dpor; claim: I11',
    ]);
    expect(linesOf({ scenario: 'n'.repeat(90), executions: 1 })).toEqual([
      `verified     ${'n'.repeat(90)}`,
      '               1 execution; dpor',
    ]);
  });

  test('should take a second line only where one is too short, and never be too wide', () => {
    for (const length of times(80, (i) => i + 1)) {
      const scenario = 'n'.repeat(length);
      const lines = linesOf({ scenario }, 'verified', { nameWidth: 56 });
      const whole = `verified     ${scenario}  1,234,567 executions; dpor; claim: verified`;
      expect(lines.length).toBe(whole.length <= 100 ? 1 : 2);
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
      expect(lines.join(' ').replace(/;? +/g, ' ')).toBe(whole.replace(/;? +/g, ' '));
    }
  });

  test('should stay one line whatever is in the name, and its warnings, too', () => {
    const nasty = { scenario: 'a\nb\u001b[31m', warnings: ['no execution reached "\u001b[2J"'] };
    expect(linesOf({ ...nasty, executions: 1 })).toEqual([
      'verified     a\\nb\\u{1b}[31m  1 execution; dpor',
      '               warning: no execution reached "\\u{1b}[2J"',
    ]);
  });
});
