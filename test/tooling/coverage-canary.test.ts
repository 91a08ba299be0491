import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const fixture = fileURLToPath(new URL('fixtures/canary', import.meta.url));

// The outer coverage run must not collect what the compiler and the inner run execute, and the inner one must not
// take the folder of the outer one for its own and empty it. Node hands the variable to child processes that are
// not given one; so they are given an empty one.
const environment = { ...process.env, NODE_V8_COVERAGE: '' };

/** Uncovered lines of each file, from the `DA:line,count` records. */
function uncovered(lcov: string): Record<string, number[]> {
  const lines: Record<string, number[]> = {};
  let current: number[] = [];
  for (const record of lcov.split('\n')) {
    const [kind, value = ''] = record.split(':');
    if (kind === 'SF') lines[value] = current = [];
    if (kind === 'DA' && value.endsWith(',0')) current.push(Number.parseInt(value, 10));
  }
  return lines;
}

let lcov: string;
let recipe: ReturnType<typeof spawnSync>;

beforeAll(() => {
  for (const folder of ['dist', 'coverage']) {
    rmSync(path.join(fixture, folder), { recursive: true, force: true });
  }
  const compiler = path.join(repository, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [compiler, '-p', fixture], { env: environment });
  recipe = spawnSync(process.execPath, [path.join(repository, 'tools/coverage/run.js')], {
    cwd: fixture,
    env: environment,
    encoding: 'utf8',
  });
  lcov = readFileSync(path.join(fixture, 'coverage/lcov.info'), 'utf8');
}, 120_000);

test('should report exactly the lines that were not run', () => {
  expect(uncovered(lcov)).toEqual({
    // The body of a branch that was not taken, up to its closing brace; a whole function.
    'src/branches.ts': [13, 14, 22, 23, 24, 25, 26, 31, 32],
    // Run by a child process: without its counts every line would be here.
    'src/child.ts': [4, 5],
    // Never loaded: every line. The module of types, never loaded either, is not listed.
    'src/unloaded.ts': [1, 2, 3, 4],
  });
});

test('should count the branches that were not taken', () => {
  const branches = lcov.split('\n').filter((line) => line.startsWith('BRDA:'));
  const missed = branches.filter((line) => line.endsWith(',0'));
  expect(branches.length).toBeGreaterThan(missed.length);
  // Of branches.ts the two conditions, of child.ts the one, of unloaded.ts the whole file.
  expect(missed).toHaveLength(4);
});

test('should fail because the fixture is below the thresholds', () => {
  expect(recipe.stderr).toMatch(/Coverage for lines \([\d.]+%\) does not meet global threshold/);
  expect(recipe.stderr).toMatch(/Coverage for branches \([\d.]+%\) does not meet global threshold/);
  expect(recipe.status).toBe(1);
});
