import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { families, scenarios } from '../../scenarios/index.js';

describe('families', () => {
  it('should each be tested', () => {
    const texts = readdirSync(import.meta.dirname)
      .filter((file) => file.endsWith('.test.ts'))
      .map((file) => readFileSync(`${import.meta.dirname}/${file}`, 'utf8'));
    for (const { name } of families) {
      expect(texts.some((text) => text.includes(`checkFamily('${name}'`)) || name).toBe(true);
    }
  });

  it('should have designs and hazards that tables can tell apart', () => {
    for (const { name, question, entries } of families) {
      expect(question).toMatch(/^[A-Z].*\?$/);
      expect(entries.every(({ family }) => family === name)).toBe(true);
      const designs = new Map(entries.map(({ design }) => [design.id, design]));
      expect(new Set([...designs.values()].map((design) => design.name)).size).toBe(designs.size);
      for (const { design } of entries) {
        expect(designs.get(design.id)).toBe(design);
        expect(design.id).toMatch(/^([A-Z]\d+[a-z]?|[a-z]+)$/);
      }
    }
  });
});

describe('scenarios', () => {
  it('should have names of their own, a description and a source', () => {
    const names = scenarios.map(({ scenario }) => scenario.name);
    expect(new Set(names).size).toBe(names.length);
    for (const { scenario, family, design, hazard } of scenarios) {
      expect(scenario.name).toBe(`${family}/${design.name}/${hazard.name}`);
      expect(scenario.name).toMatch(/^[a-z0-9-]+(\/[a-z0-9-]+){2}$/);
      expect(scenario.description).not.toBe('');
      expect(scenario.source).not.toBe('');
    }
  });

  it('should say who claims what, where', () => {
    for (const { claim, difference, scenario } of scenarios) {
      if (claim !== undefined) {
        expect([scenario.name, claim.who, claim.where]).not.toContain('');
        expect(claim.expects).not.toEqual([]);
      }
      // What is known to differ differs from something.
      if (difference !== undefined) expect(difference.found).not.toEqual(claim?.expects);
      expect(difference === undefined || claim !== undefined).toBe(true);
    }
  });
});
