import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { explore, replay, type Scenario } from '../../src/index.js';
import { scenarios } from './scenarios.js';

// Schedules that failed once, replayed on every run: one JSON object a line, sorted, so that two branches that add
// lines merge. A new format of tokens must go on reading them or say that it does not.
//
//     QOMCHECK_CORPUS='lost-update q1.0-xxx...' npx vitest run test/corpus   adds this schedule
//     QOMCHECK_CORPUS=search npx vitest run test/corpus                       adds one of each violation not yet there

interface Entry {
  readonly scenario: string;
  readonly kind: string;
  readonly property: string;
  readonly token: string;
}

const file = fileURLToPath(new URL('schedules.jsonl', import.meta.url));
const read = (): string[] => readFileSync(file, 'utf8').split('\n').slice(0, -1);
const parse = (line: string): Entry => JSON.parse(line) as Entry;

function find(name: string): Scenario {
  const scenario = scenarios.get(name);
  if (scenario === undefined) throw new Error(`no corpus scenario is called "${name}"`);
  return scenario;
}

function lineOf(scenario: Scenario, token: string): string {
  const { violation } = replay(scenario, token);
  if (violation === undefined) throw new Error(`${token} does not fail in "${scenario.name}"`);
  const { kind, property } = violation;
  const entry: Entry = { scenario: scenario.name, kind, property, token: violation.token };
  return JSON.stringify(entry);
}

/** What is asked for on the command line, as lines. */
function* wanted(request: string, present: readonly Entry[]): Generator<string> {
  if (request !== 'search') {
    const [name = '', token = ''] = request.split(' ');
    yield lineOf(find(name), token);
    return;
  }
  for (const scenario of scenarios.values()) {
    const { violations } = explore(scenario, { strategy: 'dfs', seed: 1, stopAfter: Infinity });
    for (const { kind, property, token } of violations) {
      const known = present.some(
        (each) => each.scenario === scenario.name && each.kind === kind && each.property === property,
      );
      if (!known) yield lineOf(scenario, token);
    }
  }
}

const request = process.env['QOMCHECK_CORPUS'] ?? '';
if (request !== '') {
  const lines = read();
  const all = new Set([...lines, ...wanted(request, lines.map(parse))]);
  writeFileSync(file, [...all].sort().map((line) => `${line}\n`).join(''));
}

describe('the corpus', () => {
  const lines = read();

  it('should be sorted, with no line twice', () => {
    expect(lines).toEqual([...new Set(lines)].sort());
    expect(lines.length).toBeGreaterThan(0);
  });

  it('should have a schedule of every scenario in its table', () => {
    expect(new Set(lines.map((line) => parse(line).scenario))).toEqual(new Set(scenarios.keys()));
  });

  it.each(lines.map((line) => [parse(line).scenario, parse(line)] as const))(
    'should fail as it did: %s',
    (name, { kind, property, token }) => {
      const again = replay(find(name), token);
      expect(again.violation).toMatchObject({ kind, property });
      expect(again.token).toBe(token);
    },
  );
});
