import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Report, Violation } from '../../src/index.js';
import { githubAnnotations, githubSummary } from '../../src/report/github.js';
import { renderHtml } from '../../src/report/html.js';
import { renderJson, reportToJson } from '../../src/report/json.js';
import { renderJUnit } from '../../src/report/junit.js';
import { renderMarkdown } from '../../src/report/markdown.js';
import { anyReport, anyReports } from './arbitraries.js';
import { reportWith } from './fixture.js';

const replayLine = (report: Report): string => `npx qomcheck replay '${report.scenario}' q1.x`;

/** Checks that tags nest and that text and attributes hold nothing that ends them early; returns the names of all elements. */
function elementsOf(markup: string, voids: ReadonlySet<string>): string[] {
  const open: string[] = [];
  const names: string[] = [];
  const token = /<(\/?)([A-Za-z][\w-]*)((?:\s+[\w-]+(?:="[^"<>]*")?)*)\s*(\/?)>|[^<>]/gy;
  let end = 0;
  for (const match of markup.matchAll(token)) {
    end = match.index + match[0].length;
    const [, closing, name, , empty] = match;
    if (name === undefined) continue;
    if (closing === '/') expect(open.pop()).toBe(name);
    else {
      names.push(name);
      if (empty !== '/' && !voids.has(name)) open.push(name);
    }
  }
  expect(markup.slice(end)).toBe('');
  expect(open).toEqual([]);
  expect(markup.replace(/&(amp|lt|gt|quot|#\d+);/g, '')).not.toContain('&');
  return names;
}

describe('JUnit', () => {
  test('should be well-formed whatever the names', () => {
    fc.assert(
      fc.property(anyReports, (reports) => {
        const [declaration, ...rest] = renderJUnit(reports, replayLine).split('\n');
        expect(declaration).toBe('<?xml version="1.0" encoding="UTF-8"?>');
        const text = rest.join('\n');
        // What XML cannot hold even when escaped.
        expect(text).not.toMatch(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
        const names = elementsOf(text, new Set());
        expect(names.filter((name) => name === 'testcase')).toHaveLength(reports.length);
        expect(names.filter((name) => name === 'failure')).toHaveLength(
          reports.flatMap((report) => report.violations).length,
        );
      }),
    );
  });

  test('should not count an inconclusive search as a pass', () => {
    const report = reportWith({ verdict: 'passed', complete: false });
    expect(renderJUnit([report], replayLine)).toContain('<skipped message="inconclusive:');
  });
});

describe('HTML', () => {
  const voids = new Set(['meta']);

  test('should be well-formed, without script and without requests, whatever the names', () => {
    fc.assert(
      fc.property(anyReports, (reports) => {
        const page = renderHtml(reports, replayLine);
        const [doctype, ...rest] = page.split('\n');
        expect(doctype).toBe('<!DOCTYPE html>');
        const text = rest.join('\n').replace(/<style>[^<]*<\/style>/, '');
        const names = elementsOf(text, voids);
        expect(names).not.toContain('script');
        for (const name of ['img', 'link', 'iframe']) expect(names).not.toContain(name);
        expect(names.filter((name) => name === 'article')).toHaveLength(
          reports.flatMap((report) => report.violations).length,
        );
      }),
    );
  });
});

describe('GitHub annotations', () => {
  test('should be one command a line whatever the names', () => {
    fc.assert(
      fc.property(anyReports, (reports) => {
        const lines = githubAnnotations(reports, replayLine);
        for (const line of lines) {
          expect(line).not.toMatch(/[\r\n]/);
          const match = /^::(error|warning) ([^:]*)::/.exec(line);
          const keys = match?.[2]?.split(',').map((each) => each.split('=')[0]);
          expect(['title', 'file title', 'file line title']).toContain(keys?.join(' '));
        }
        const errors = lines.filter((line) => line.startsWith('::error'));
        expect(errors).toHaveLength(reports.flatMap((report) => report.violations).length);
      }),
    );
  });

  test('should escape what ends a property or a command', () => {
    const scenario = 'a,b:c%\n::error::d';
    const hostile = reportWith({ scenario, warnings: ['50%\r\n::error::x'] });
    expect(githubAnnotations([hostile], replayLine)).toEqual([
      '::warning title=a%2Cb%3Ac%25%0A%3A%3Aerror%3A%3Ad::50%25%0D%0A::error::x',
    ]);
  });

  test('should keep a step summary below the limit, counting what is left out', () => {
    const violation: Violation = {
      kind: 'deadlock',
      property: 'lock',
      message: 'A waits for itself',
      token: 'q1.v-AAAA.BBBB',
      steps: 0,
      preemptions: 0,
      events: [],
      thread: '',
      details: Array.from({ length: 40 }, (_, i) => `line ${i} of what a long failure has to say`),
    };
    const report = reportWith({ verdict: 'violated', failing: 1, violations: [violation] });
    const many = Array.from({ length: 1000 }, () => report);
    const text = githubSummary(many, replayLine);
    expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
    expect(text).toMatch(/[\d,]+ more failures are left out here\./);
  });
});

describe('Markdown', () => {
  test('should keep every text in its cell, its heading or its block', () => {
    fc.assert(
      fc.property(anyReports, (reports) => {
        const lines = renderMarkdown(reports, replayLine).split('\n');
        let fence = '';
        let headings = 0;
        let rows = 0;
        for (const line of lines) {
          const ticks = /^(`{3,})(text)?$/.exec(line);
          if (fence === '' && ticks !== null) fence = ticks[1] as string;
          else if (fence !== '' && line === fence) fence = '';
          else if (fence === '') {
            if (/^#+ /.test(line)) headings++;
            if (line.startsWith('|')) {
              rows++;
              expect(line.match(/(?<!\\)(?:\\\\)*\|/g)).toHaveLength(6);
            }
            expect(line).not.toMatch(/[<>]/);
          }
        }
        expect(fence).toBe('');
        const violations = reports.flatMap((report) => report.violations).length;
        expect(headings).toBe(1 + violations);
        expect(rows).toBe(reports.length === 0 ? 0 : 2 + reports.length);
      }),
    );
  });
});

describe('JSON', () => {
  test('should hold the report and no wall-clock value', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const { elapsedMs, ...rest } = report;
        expect(reportToJson(report)).toEqual(rest);
        expect(reportToJson(report, { timings: true })).toEqual({ ...rest, elapsedMs });
        const later = { ...report, elapsedMs: elapsedMs + 1 };
        expect(renderJson([later])).toBe(renderJson([report]));
      }),
    );
  });

  test('should have its keys in one order, whatever that of the data', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const turned = Object.fromEntries(Object.entries(report).reverse()) as unknown as Report;
        expect(renderJson([turned], { timings: true })).toBe(
          renderJson([report], { timings: true }),
        );
      }),
    );
    expect(Object.keys(reportToJson(reportWith({}), { timings: true })).slice(0, 4)).toEqual([
      'schemaVersion',
      'scenario',
      'strategy',
      'seed',
    ]);
  });

  test('should keep fields that it does not know, after those that it does', () => {
    const extended = { zebra: 1, apple: 2, ...reportWith({}) };
    expect(Object.keys(reportToJson(extended)).slice(-2)).toEqual(['apple', 'zebra']);
  });
});
