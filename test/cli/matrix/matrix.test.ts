import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Claim } from '../../../scenarios/entry.js';
import { families } from '../../../scenarios/index.js';
import { replay } from '../../../src/index.js';
import { inProcess, qomcheck } from '../qomcheck.js';
import { bugs, claiming, counters, matrixOf, startOf } from './fixture.js';
import { type CellDocument, matrixSchema } from './schema.js';

const migration = families.find(({ name }) => name === 'migration');
if (migration === undefined) throw new Error('there is no family migration');

function cellsOf(stdout: string): readonly CellDocument[] {
  return matrixSchema.parse(JSON.parse(stdout)).cells;
}

/** The opposite of a claim. */
function inverted(claim: Claim): Claim {
  return { ...claim, expects: claim.expects === 'verified' ? ['I8'] : 'verified' };
}

describe('matrix', () => {
  test('should show verdicts by design and hazard with what they mean', async () => {
    const { code, stdout } = await matrixOf([counters(), bugs()]);
    await expect(stdout).toMatchFileSnapshot('golden/matrix.txt');
    expect(code).toBe(0);
  });

  test('should print Markdown that replays', async () => {
    const { code, stdout } = await matrixOf([counters(), bugs()], { markdown: '-' });
    await expect(stdout).toMatchFileSnapshot('golden/matrix.md');
    expect(code).toBe(0);
  });

  test('should say more of the rows of one family', async () => {
    const { stdout } = await matrixOf([counters(), bugs()], { family: 'counter' });
    expect(stdout).toMatch(/\nP3 locked {3}two steps under a lock \(A\. Author\)\n/);
    expect(stdout).not.toContain('lost-update');
  });

  test('should fail when what is found is neither the claim nor the recorded difference', async () => {
    const { code, stdout } = await matrixOf([claiming(counters(), inverted)]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/\nP2 atomic +ok! +ok! +ok~\n/);
    expect(stdout).toMatch(/\n! P1 plain two: claimed verified, found assertion \(I13\)\.\n/);
    expect(stdout).toMatch(/otherwise in 1, for a recorded reason \(\*\); otherwise in 7 without/);
  });

  test('should take what nothing came near to for an error', async () => {
    const { code, stdout } = await matrixOf([counters({ unreachable: 'the far side' })]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/! P1 plain alone, [^]*no\s+execution\s+reached "the far side"\./);
    expect(stdout).toMatch(/\nP2 atomic: of 3 the search says nothing\.\n/);
    expect(stdout).not.toMatch(/Survive|apart/);
  });

  test('should say within which bounds something is verified', async () => {
    const options = { strategy: 'dfs', preemptions: 1, delays: 3 } as const;
    const { code, stdout } = await matrixOf([counters({ options })]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/\nP2 atomic +ok\/1\/d3 +ok\/1\/d3 /);
    expect(stdout).toMatch(/ok\/N = within N preemptions; ok\/dN = within\s+N delays;/);
    expect(stdout).toMatch(/\n11 scenarios: 4 violated, 7 verified \(7 within bounds\); /);
    expect(stdout).toMatch(
      /survives all 3 hazards, 3 of them within 1 preemption and 3 delays, in /,
    );
  });

  test('should not take what is verified within bounds for a claim refuted', async () => {
    const options = { strategy: 'dfs', preemptions: 0 } as const;
    const { code, stdout } = await matrixOf([counters({ options })]);
    expect(stdout).toMatch(/\nP1 plain +ok\/0 +ok\/0 +ok\/0\n/);
    expect(stdout).toMatch(/too little to tell in 3;/);
    expect(code).toBe(3);
  });

  test('should be inconclusive when a search with a claim does not get through', async () => {
    const { code, stdout } = await matrixOf([counters()], { executions: 1 });
    expect(stdout).toMatch(/\nP2 atomic +\? +\? +ok~\n/);
    expect(stdout).toMatch(
      /survives 1 of 3 in 1 execution; 2 not decided within the budget \(2 exec/,
    );
    expect(code).toBe(3);
    const none = await matrixOf([counters({ claims: {} })], { executions: 1 });
    expect(none.code).toBe(0);
  });

  test('should have no budget when it is exhaustive', async () => {
    const bounded = counters({ options: { maxExecutions: 1 } });
    expect((await matrixOf([bounded])).code).toBe(3);
    expect((await matrixOf([bounded], { exhaustive: true })).code).toBe(0);
  });

  test('should show what it has when interrupted', async () => {
    let asked = 0;
    const { code, stdout } = await matrixOf([counters()], {}, () => asked++ > 0);
    expect(stdout).toMatch(
      /\n1 scenario: .*\n[^]*Interrupted: 10 of 11 scenarios not explored\.\n$/,
    );
    expect(code).toBe(130);
  });

  test('should write a file', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'qomcheck-matrix-'));
    const file = path.join(folder, 'matrix.md');
    const { stdout } = await matrixOf([bugs()], { json: true, markdown: file });
    expect(cellsOf(stdout)).toHaveLength(2);
    expect(readFileSync(file, 'utf8')).toBe((await matrixOf([bugs()], { markdown: '-' })).stdout);
    rmSync(folder, { recursive: true });
  });
});

describe('matrix --json', () => {
  test('should be what is documented, and the same each time', async () => {
    const { code, stdout } = await matrixOf([counters(), bugs()], { json: true });
    expect((await matrixOf([counters(), bugs()], { json: true })).stdout).toBe(stdout);
    expect(code).toBe(0);
    const document = matrixSchema.parse(JSON.parse(stdout));
    expect(document.families.map(({ indistinguishable }) => indistinguishable)).toEqual([
      [['P2 atomic', 'P3 locked']],
      [],
    ]);
    const standings = document.cells.map(({ standing, agrees }) => `${standing} ${agrees}`);
    expect(standings.slice(0, 6)).toEqual([
      'claimed true',
      'recorded false',
      'claimed true',
      'claimed true',
      'claimed true',
      'unclaimed null',
    ]);
    const fields = { labels: ['I4'], kinds: ['deadlock'], preemptions: 1 };
    expect(document.cells.find(({ design }) => design === 'P4')).toMatchObject(fields);
  });

  test('should depend on no claim in what it finds, and have tokens that replay', async () => {
    const values = { json: true, executions: 2000 } as const;
    const ids = ['G9', 'G11'];
    const entries = migration.entries.filter(({ design }) => ids.includes(design.id));
    const some = { ...migration, entries };
    const as = await matrixOf([some], values);
    const not = await matrixOf([claiming(some, inverted)], values);
    expect([as.code, not.code]).toEqual([0, 1]);
    const found = (stdout: string) =>
      cellsOf(stdout).map((cell) => ({ ...cell, claim: 0, agrees: 0, standing: 0, difference: 0 }));
    expect(found(not.stdout)).toEqual(found(as.stdout));
    const scenarios = new Map(migration.entries.map((each) => [each.scenario.name, each.scenario]));
    let replayed = 0;
    for (const { scenario, tokens, verdict, preemptions } of cellsOf(as.stdout)) {
      expect(tokens.length > 0).toBe(verdict === 'violated');
      if (verdict === 'violated') {
        expect(Math.min(...tokens.map((each) => each.preemptions))).toBe(preemptions);
      }
      for (const { token, kind, property, steps } of tokens) {
        const again = replay(scenarios.get(scenario)!, token);
        expect(again).toMatchObject({ violation: { kind, property }, steps });
        replayed++;
      }
    }
    expect(replayed).toBeGreaterThan(8);
  });

  test('should be the same with several threads', { timeout: 120_000 }, async () => {
    const args = ['matrix', '--family', 'timers', '--json', '--executions', '50'];
    const one = await qomcheck([...args, '--workers', '1']);
    const timers = families.find(({ name }) => name === 'timers');
    expect(cellsOf(one.stdout)).toHaveLength(timers?.entries.length ?? 0);
    expect(await qomcheck([...args, '--workers', '2'])).toEqual(one);
  });
});

describe('start', () => {
  test('should show the tables, and the failure that teaches most', async () => {
    const { code, stdout } = await startOf([counters(), bugs()]);
    expect(code).toBe(0);
    const [tables = '', example] = stdout.split('\nOne of the failures, step by step:\n\n');
    // It stops after some failures of a cell.
    const golden = (await matrixOf([counters(), bugs()])).stdout.replace(' 78 exec', ' 64 exec');
    const line = /^[\w -]+: (fails|survives) .*\n/gm;
    const further =
      'What each design is, and what it survives: npx qomcheck matrix --family counter\n';
    expect(tables.replace(/\n+/g, '\n')).toBe(
      golden.replace(line, '').replace(/\n+/g, '\n') + further,
    );
    expect(example).toMatch(/^counter\/plain\/three: assertion: I13: an update was lost\n/);
    expect(example).toMatch(
      /\nproven minimal: [^]*\nnpx qomcheck replay 'counter\/plain\/three' q1\.\S+\n$/,
    );
  });

  test('should go on where a little is not enough', async () => {
    const all = counters({ most: 7 });
    const entries = all.entries.filter(({ scenario }) => scenario.name === 'counter/atomic/three');
    const { code, stdout } = await startOf([{ ...all, entries }]);
    expect(stdout).toMatch(/\n1 scenario: 0 violated, 1 verified; 5,040 executions in all\.\n/);
    expect(code).toBe(0);
  });

  test('should look for all failures where the first ones do not settle the claim', async () => {
    const otherwise = claiming(counters({ most: 4 }), (claim) => ({ ...claim, expects: ['I8'] }));
    const entries = otherwise.entries
      .filter(({ scenario }) => scenario.name === 'counter/plain/three')
      .map(({ difference: _, ...entry }) => entry);
    const { code, stdout } = await startOf([{ ...otherwise, entries }]);
    expect(stdout).toMatch(/! P1 plain three: claimed I8, found assertion \(I13\)\./);
    expect(stdout).toMatch(/1 scenario: 1 violated, 0 verified; 576 executions in all\./);
    expect(code).toBe(1);
  });

  test('should not fail where it is too little to tell, and say how to know', async () => {
    const options = { strategy: 'dfs', preemptions: 0 } as const;
    const { code, stdout } = await startOf([counters({ options })]);
    expect(stdout).toMatch(
      /too little to tell in 3;[^]*\nTo the end: npx qomcheck matrix --exhaus/,
    );
    expect(code).toBe(0);
  });

  test('should show no failure where there is none', async () => {
    const atomic = counters();
    const entries = atomic.entries.filter(({ design }) => design.id === 'P2');
    const { code, stdout } = await startOf([{ ...atomic, entries }]);
    expect(code).toBe(0);
    expect(stdout).not.toContain('step by step');
  });
});

describe('the command matrix', () => {
  test.each<[readonly string[], RegExp]>([
    [['--family', 'migratoin'], /there is no family "migratoin"\n +did you mean migration\?\n/],
    [['--family', 'x'], /there is no family "x"\n +the families are \w+/],
    [['migration'], /takes no arguments, [^]*write qomcheck matrix --family migration\n/],
    [['--exhaustive', '--time', '1s'], /--exhaustive has no budget, and --time is one\n/],
    [['--json', '--markdown'], /--json and --markdown both print\n +write --markdown FILE\n/],
    [['--markdown', '/nowhere/at/all.md'], /cannot write "\/nowhere\/at\/all\.md"/],
    [['--markdown='], /--markdown must be the path of a file, not ""/],
  ])('should refuse %j', async (args, message) => {
    const { code, stdout, stderr } = await inProcess(['matrix', ...args]);
    expect(stderr).toMatch(message);
    expect([code, stdout]).toEqual([2, '']);
  });
});
