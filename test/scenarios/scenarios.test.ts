import { beforeAll, describe, expect, it } from 'vitest';
import { labelsOf } from '../../properties/index.js';
import { scenarios } from '../../scenarios/index.js';
import { explore, type Report, replay } from '../../src/index.js';

const seed = 1;

describe('scenarios', () => {
  it('should have names of their own, a description and a source', () => {
    const names = scenarios.map(({ scenario }) => scenario.name);
    expect(new Set(names).size).toBe(names.length);
    for (const { scenario } of scenarios) {
      expect(scenario.name).toMatch(/^[a-z-]+(\/[a-z-]+){2}$/);
      expect(scenario.description).not.toBe('');
      expect(scenario.source).not.toBe('');
    }
  });

  it('should name a difference only where the claim is not what is found', () => {
    for (const { claim, difference } of scenarios) {
      if (difference !== undefined) expect(difference.found).not.toEqual(claim?.expects);
    }
  });
});

describe.each(scenarios.map((entry) => [entry.scenario.name, entry] as const))('%s', (_, entry) => {
  const { scenario, claim, difference, options } = entry;
  let report: Report;
  let kinds: Set<string>;
  let found: Set<string>;

  beforeAll(() => {
    report = explore(scenario, { seed, ...options });
    kinds = new Set(report.violations.map(({ kind }) => kind));
    found = new Set([...kinds, ...report.violations.flatMap(labelsOf)]);
  });

  it('should be explored completely, and its window seen open', () => {
    expect(report).toMatchObject({ complete: true, unreached: [], warnings: [] });
  });

  it('should be what is claimed, or differ as recorded', () => {
    const claimed = claim?.expects;
    const expected = difference?.found ?? claimed;
    if (expected === 'verified') expect(report.verdict).toBe('verified');
    else expect([...found]).toEqual(expect.arrayContaining([...(expected ?? [])]));
    if (difference === undefined || claimed === undefined) return;
    if (claimed === 'verified') expect(report.verdict).not.toBe('verified');
    else expect([...found]).not.toEqual(expect.arrayContaining([...claimed]));
  });

  it('should replay what it finds', () => {
    for (const { token, kind, property } of report.violations) {
      const again = replay(scenario, token);
      expect(again.violation).toMatchObject({ kind, property });
    }
  });

  it('should show nothing else to a search that knows no dependencies', () => {
    const bounded = explore(scenario, {
      seed,
      strategy: 'dfs',
      preemptions: 1,
      maxExecutions: 500,
      stopAfter: Infinity,
    });
    const others = bounded.violations.filter(({ kind }) => !kinds.has(kind));
    expect(others.map(({ message }) => message)).toEqual([]);
  });
});
