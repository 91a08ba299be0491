import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { inProcess, type Outcome, qomcheck } from './qomcheck.js';

const folder = mkdtempSync(path.join(tmpdir(), 'qomcheck-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

let files = 0;
const newFile = (): string => path.join(folder, `${String(files++)}.json`);

/** Runs the same command until its search is over. */
async function inPieces(args: readonly string[], file: string): Promise<[Outcome, number]> {
  for (let pieces = 1; ; pieces++) {
    const outcome = await inProcess([...args, '--checkpoint', file]);
    expect(outcome.stderr.includes('the same command goes on from there')).toBe(existsSync(file));
    if (!existsSync(file)) return [outcome, pieces];
  }
}

const unlimited = ['--stop-after', 'all', '--json'];

describe('run --checkpoint', () => {
  test.each([
    ['counter.ts#lost-update', ['--strategy', 'dpor'], 1, 4],
    ['counter.ts#lost-update', ['--strategy', 'dfs'], 2, 3],
    ['counter.ts#lost-update', ['--strategy', 'dpor', '--preemptions', '1'], 1, 4],
    ['migration/upstream/shutdown-vs-bottom-half', ['--preemptions', '1'], 3, 2],
  ])('should print of %s %j what one run prints', async (name, options, size, least) => {
    const args = ['run', name, ...options, ...unlimited];
    const whole = await inProcess(args);
    const file = newFile();
    const [last, pieces] = await inPieces([...args, '--executions', String(size)], file);
    expect(last.stdout).toBe(whole.stdout);
    expect(last.code).toBe(whole.code);
    expect(pieces).toBeGreaterThanOrEqual(least);
  });

  test('should say where it goes on', async () => {
    const args = ['run', 'many.ts#many', '--executions', '5', '--checkpoint', newFile()];
    expect((await inProcess(args)).stderr).toMatch(/^qomcheck: saved to ".*"; the same command/);
    const second = await inProcess(args);
    expect(second.stderr).toMatch(
      /^qomcheck: goes on after 5 executions saved in ".*"\nqomcheck: s/,
    );
    expect(second.stdout).toMatch(/^inconclusive +many\.ts#many {2}10 executions/);
    expect(second.code).toBe(3);
  });

  test('should leave nothing but the file', async () => {
    const before = readdirSync(folder).length;
    await inProcess(['run', 'many.ts#many', '--executions', '5', '--checkpoint', newFile()]);
    expect(readdirSync(folder).length).toBe(before + 1);
  });

  test.concurrent('should save the search when it is interrupted', async () => {
    const file = newFile();
    const args = ['run', 'long.ts', '--checkpoint', file, '--executions'];
    let begun = false;
    const interrupted = await qomcheck([...args, 'all'], {
      onOutput: (child, output) => {
        if (begun || !output.includes('exploring')) return;
        begun = true;
        setTimeout(() => child.kill('SIGINT'), 400);
      },
    });
    expect(interrupted.stderr).toMatch(/qomcheck: saved to/);
    expect(interrupted.code).toBe(130);
    const [, done = 'nothing'] = /([\d,]+ executions?)/.exec(interrupted.stdout) ?? [];
    const next = await qomcheck([...args, '1']);
    expect(next.stderr).toContain(`goes on after ${done} saved`);
    expect(next.code).toBe(3);
  });
});

describe('a checkpoint that does not fit', () => {
  const search = ['run', 'many.ts#many', '--executions', '5'];

  /** A saved search, changed as a text. */
  async function saved(change: (text: string) => string): Promise<string> {
    const file = newFile();
    await inProcess([...search, '--checkpoint', file]);
    writeFileSync(file, change(readFileSync(file, 'utf8')));
    return file;
  }

  const same = (text: string): string => text;
  const cases: readonly [
    what: string,
    args: readonly string[],
    change: (text: string) => string,
    says: RegExp,
  ][] = [
    ['no JSON', search, () => 'x', /".*" is no checkpoint: it is not JSON\n/],
    ['other JSON', search, () => '{"schemaVersion":1}', /".*" is no checkpoint\n/],
    ['cut off', search, (text) => text.slice(0, -9), /is no checkpoint: it is not JSON/],
    ['edited', search, (text) => text.replace('"failing":0', '"failing":1'), /is damaged\n/],
    ['of another shape', search, (text) => text.replace('"path"', '"road"'), /is damaged\n/],
    [
      'of another version',
      search,
      (text) => text.replace('"version":1', '"version":2'),
      /was written by qomcheck [\d.]+ \(version 2 of the format\), and only [\d.]+ \(version 1\)/,
    ],
    [
      'of another release',
      search,
      (text) => text.replace(/"qomcheck":"[^"]*"/, '"qomcheck":"99.0.0"'),
      /was written by qomcheck 99\.0\.0 /,
    ],
    [
      'of another scenario',
      ['run', 'many.ts#more'],
      same,
      /of the scenario "many\.ts#many", not of "many\.ts#more"\n {2}remove it to begin/,
    ],
    [
      'of another strategy',
      [...search, '--strategy', 'dfs'],
      same,
      /saved by a search with other options: strategy was "dpor", and is "dfs" here\n/,
    ],
    [
      'with another bound',
      [...search, '--preemptions', '1'],
      same,
      /other options: preemptions was none, and is 1 here\n {2}give the same options, or remove/,
    ],
    ['with another seed', [...search, '--seed', '7'], same, /seed was 0, and is 7 here\n/],
    [
      'with another limit of failures',
      [...search, '--stop-after', 'all'],
      same,
      /stop-after was 1, and is "all" here\n/,
    ],
  ];
  test.each(cases)('should be refused when it is %s', async (_what, args, change, says) => {
    const file = await saved(change);
    const before = readFileSync(file, 'utf8');
    const { code, stdout, stderr } = await inProcess([...args, '--checkpoint', file]);
    expect(stderr).toMatch(says);
    expect(stderr).toMatch(/^qomcheck: [^\n]+\n( {2}[^\n]+\n)?$/);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  test('should be refused when the scenario has changed', async () => {
    const [file, source] = [newFile(), path.join(folder, 'changing.mjs')];
    const write = (operation: string): void => {
      writeFileSync(
        source,
        `import { scenario } from 'qomcheck';
        export default scenario('changing', (sim) => {
          const x = sim.atomic('x', 0);
          for (const name of ['A', 'B', 'C']) {
            sim.thread(name, function* () {
              yield* x.store(1);
              yield* x.${operation}(2);
            });
          }
        });`,
      );
    };
    const args = ['run', source, '--executions', '5', '--checkpoint', file];
    write('store');
    expect((await qomcheck(args)).code).toBe(3);
    write('exchange');
    const { code, stderr } = await qomcheck(args);
    expect(stderr).toMatch(/has changed since ".*" was saved: .*step \d+ is another one\n/);
    expect(code).toBe(2);
  });

  test.each([
    [['many.ts'], /--checkpoint is for one scenario, and 3 are selected\n/],
    [['many.ts#many', '--strategy', 'pct'], /is for dpor and dfs, and the strategy is pct\n/],
  ])('should not be made of %j', async (args, says) => {
    const file = newFile();
    const { code, stderr } = await inProcess(['run', ...args, '--checkpoint', file]);
    expect(stderr).toMatch(says);
    expect({ code, made: existsSync(file) }).toEqual({ code: 2, made: false });
  });
});
