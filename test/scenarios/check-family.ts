import { beforeAll, describe, expect, it } from 'vitest';
import type { ScenarioEntry } from '../../scenarios/entry.js';
import { families } from '../../scenarios/index.js';
import { defectOf, standingOf } from '../../src/cli/matrix/cell.js';
import { explore, type Report, replay } from '../../src/index.js';

const seed = 1;

/**
 * Tests every scenario of a family.
 *
 * @param unreduced - how many executions of the search that knows no dependencies
 * @param which - the scenarios to look at, where all would take too long (default: all)
 */
export function checkFamily(
  name: string,
  unreduced = 10,
  which: (entry: ScenarioEntry) => boolean = () => true,
): void {
  const family = families.find((each) => each.name === name)?.entries ?? [];
  const entries = family.filter(which);
  if (entries.length === 0) throw new Error(`there is no family "${name}"`);
  describe.each(entries.map((entry) => [entry.scenario.name, entry] as const))('%s', (_, entry) => {
    const { scenario, options } = entry;
    let report: Report;
    let kinds: Set<string>;

    beforeAll(() => {
      report = explore(scenario, { seed, ...options });
      kinds = new Set(report.violations.map(({ kind }) => kind));
    });

    it('should be explored completely, and its window seen open', () => {
      const { complete, unreached, warnings, failing, executions } = report;
      expect(complete).toBe(true);
      // Where every execution fails, all may fail before.
      if (failing < executions) expect(unreached).toEqual([]);
      expect(warnings).toHaveLength(unreached.length);
      expect(defectOf({ entry, report, examples: [] })).toBeUndefined();
    });

    it('should be what is claimed, or differ as recorded', () => {
      const standing = standingOf({ entry, report, examples: [] });
      const expected = entry.claim === undefined ? 'unclaimed' : 'claimed';
      expect(standing).toBe(entry.difference === undefined ? expected : 'recorded');
    });

    it('should fail by what upstream asserts or a property says, not by a mistake of the scenario', () => {
      for (const { kind, property } of report.violations) {
        expect(['exception', 'nondeterminism']).not.toContain(kind);
        if (kind === 'assertion') expect(property).toMatch(/^(I\d+|[a-z][\w -]+): /);
      }
    });

    it('should replay what it finds', () => {
      // One of each kind: a long execution takes its time to be told.
      const one = new Map(report.violations.map((violation) => [violation.kind, violation]));
      for (const { token, kind, property } of one.values()) {
        const again = replay(scenario, token);
        expect(again.violation).toMatchObject({ kind, property });
      }
    });

    it('should show nothing else to a search that knows no dependencies', () => {
      const bounded = explore(scenario, {
        seed,
        strategy: 'dfs',
        preemptions: 1,
        maxExecutions: unreduced,
        stopAfter: Infinity,
      });
      const others = bounded.violations.filter(({ kind }) => !kinds.has(kind));
      expect(others.map(({ message }) => message)).toEqual([]);
    });
  });
}
