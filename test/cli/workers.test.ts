import { describe, expect, test, vi } from 'vitest';
import { inProcess, qomcheck } from './qomcheck.js';

// Each process has several threads, and each of them compiles the program.
vi.setConfig({ testTimeout: 120_000, maxConcurrency: 2 });

const lost = 'counter.ts#lost-update';

describe('run --workers', () => {
  test.concurrent.each([
    ['2', ['many.ts#many', '--strategy', 'random', '--executions', '700']],
    ['3', [lost, '--strategy', 'pos', '--executions', '500']],
    [
      '3',
      [lost, '--strategy', 'random', '--executions', '300', '--stop-after', '7', '--shard', '2/3'],
    ],
    ['2', ['counter.ts', 'warns.ts', '--strategy', 'pct', '--executions', '300', '--no-minimize']],
    ['3', ['counter.ts', 'many.ts', 'lines.ts', 'warns.ts', '--executions', '50']],
  ])('should change nothing with %s workers for %j', async (workers, args) => {
    const seed = args.includes('--strategy') ? ['--seed', '5'] : [];
    const command = ['run', ...args, ...seed, '--json'];
    const one = await inProcess(command);
    expect(JSON.parse(one.stdout)).not.toHaveProperty('reports', []);
    expect(await qomcheck([...command, '--workers', workers])).toEqual(one);
  });

  test.concurrent('should change nothing in a text', async () => {
    const args = ['run', 'counter.ts', 'warns.ts'];
    expect(await qomcheck([...args, '--workers', '2'])).toEqual(await qomcheck(args));
  });

  test.concurrent('should choose one seed for all', async () => {
    const search = ['run', lost, '--strategy', 'random', '--executions', '400', '--json'];
    const two = await qomcheck([...search, '--stop-after', 'all', '--workers', '2']);
    const { seed } = (JSON.parse(two.stdout) as { reports: [{ seed: number }] }).reports[0];
    const one = await inProcess([...search, '--stop-after', 'all', '--seed', String(seed)]);
    expect(two.stdout).toBe(one.stdout);
  });

  test.concurrent('should count the first executions when time ends the search', async () => {
    const search = ['run', 'many.ts#many', '--strategy', 'random', '--seed', '5', '--json'];
    const timed = await qomcheck([
      ...search,
      ...['--executions', 'all', '--time', '1s', '--workers', '2'],
    ]);
    const document = JSON.parse(timed.stdout) as { reports: [{ executions: number }] };
    const { executions } = document.reports[0];
    const counted = await inProcess([...search, '--executions', String(executions)]);
    expect(timed.stdout).toBe(counted.stdout);
    expect(timed.code).toBe(0);
  });

  test.concurrent('should leave what scenarios print to the log', async () => {
    const { stdout, stderr } = await qomcheck(['run', 'prints.ts', 'warns.ts', '--workers', '2']);
    expect(stderr).toMatch(/^printed while loading\n(printed while exploring\n)+$/);
    expect(stdout).toMatch(/^verified +prints/);
  });

  test.concurrent('should say what is wrong with a scenario when its turn comes', async () => {
    const args = ['run', 'counter.ts#no-lost-update', 'misuse.ts#peeks', 'many.ts#few'];
    const one = await qomcheck(args);
    expect(await qomcheck([...args, '--workers', '3'])).toEqual(one);
    expect(one.code).toBe(2);
  });

  test.concurrent('should end in one sentence when a worker crashes', async () => {
    const args = ['run', 'crash.ts#crash', '--strategy', 'random', '--executions', '1000000'];
    const { code, stdout, stderr } = await qomcheck([...args, '--workers', '2']);
    expect(stderr).toMatch(
      /^qomcheck: internal error: worker [12] crashed( while exploring crash\.ts#crash)?: out of the blue; please report it[^\n]*\n$/,
    );
    expect({ code, stdout }).toEqual({ code: 70, stdout: '' });
  });

  test.concurrent('should end when a scenario ends the process', async () => {
    const args = ['run', 'crash.ts#leaves', '--strategy', 'random', '--executions', '100'];
    const { code, stderr } = await qomcheck([...args, '--workers', '2']);
    expect(stderr).toBe('qomcheck: scenario "crash.ts#leaves" ended the process (code 0)\n');
    expect(code).toBe(2);
  });

  test.concurrent('should show what was found when it is interrupted', async () => {
    let begun = false;
    const { code, stdout, stderr } = await qomcheck(
      ['run', 'long.ts', 'many.ts#many', '--executions', 'all', '--workers', '2'],
      {
        onOutput: (child, output) => {
          if (begun || !output.includes('exploring')) return;
          begun = true;
          setTimeout(() => child.kill('SIGINT'), 1500);
        },
      },
    );
    expect(stderr).toMatch(/interrupted; press again/);
    expect(stdout).toMatch(/^inconclusive .*long\.ts#long[^]*\ninconclusive .*many\.ts#many/);
    expect(stdout).toMatch(/interrupted, 0 not explored\n$/);
    expect(code).toBe(130);
  });

  test.each(['0', '-1', 'two', '1.5', '257', ''])('should refuse %j', async (workers) => {
    const { code, stdout, stderr } = await inProcess(['run', lost, `--workers=${workers}`]);
    expect(stderr).toBe(
      `qomcheck: --workers must be a whole number from 1 to 256, not "${workers}"\n`,
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});
