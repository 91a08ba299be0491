import { describe, expect, test } from 'vitest';
import { inProcess, type Outcome } from './qomcheck.js';

const lost = 'counter.ts#lost-update';
const asFound = ['--strategy', 'random', '--seed', '5', '--executions', '100', '--no-minimize'];

async function run(...args: readonly string[]): Promise<Outcome> {
  return inProcess(['run', lost, ...args]);
}

/** The token of a failure as a random walk found it: with 2 preemptions where 1 is enough. */
async function token(): Promise<string> {
  const { stdout } = await run(...asFound);
  return stdout.trimEnd().split(' ').at(-1) ?? '';
}

describe('shrink', () => {
  test('should print the simplest execution as recorded', async () => {
    const { code, stdout, stderr } = await inProcess(['shrink', lost, await token()]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    await expect(stdout).toMatchFileSnapshot('golden/shrink.txt');
    const replayed = stdout.trimEnd().split(' ').at(-1) ?? '';
    const again = await inProcess(['replay', lost, replayed]);
    expect(again.stdout).toMatch(/an update was lost \(4 steps, 1 preemption\)/);
  });

  test('should print one JSON document', async () => {
    const { stdout } = await inProcess(['shrink', lost, await token(), '--json']);
    const document = JSON.parse(stdout) as Record<string, unknown>;
    expect(Object.keys(document)).toEqual([
      'schemaVersion',
      'scenario',
      'preemptions',
      'steps',
      'provenMinimal',
      'executions',
      'violation',
    ]);
    expect(document).toMatchObject({ scenario: lost, preemptions: 1, steps: 4 });
    expect(document['violation']).toMatchObject({ preemptions: 1, steps: 4, kind: 'assertion' });
  });

  test('should explain the failure unless it is told not to', async () => {
    const { stdout } = await inProcess(['shrink', lost, await token(), '--json']);
    const { violation } = JSON.parse(stdout) as { violation: { explanation?: unknown } };
    expect(violation.explanation).toMatchObject({
      exhausted: true,
      traces: 4,
      failing: 2,
      rarity: { probability: 0.5, exact: true },
    });
    const without = await inProcess(['shrink', lost, await token(), '--no-explain']);
    expect(without.stdout).not.toMatch(/Fails exactly when|fail so/);
  });

  test('should say when its budget proved nothing', async () => {
    const { stdout } = await inProcess(['shrink', lost, await token(), '--executions', '2']);
    expect(stdout).toMatch(/\nminimised, not proven minimal \(2 executions\)\n/);
  });

  test.each<[args: readonly string[], stderr: RegExp]>([
    [['shrink', lost], /shrink takes a scenario and a token, not 1 argument\n {2}write /],
    [['shrink', lost, 'x'], /this is no token: [^]*copy the whole word/],
    [['shrink', lost, '@missing.txt'], /there is no file "missing\.txt"/],
    [['shrink', lost, 'x', '--executions', '0'], /--executions .*a whole number from 1, or "all"/],
  ])('should refuse %j', async (args, stderr) => {
    const outcome = await inProcess(args);
    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr).toMatch(stderr);
  });

  test('should refuse the token of another scenario', async () => {
    const outcome = await inProcess(['shrink', 'counter.ts#no-lost-update', await token()]);
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toMatch(/does not fit the scenario[^]*was it recorded with this/);
  });
});

describe('run', () => {
  const minimised = asFound.filter((each) => each !== '--no-minimize');

  test('should minimise what it finds, unless told not to', async () => {
    const simple = (await run(...minimised)).stdout;
    expect(simple).toMatch(
      /\n4 steps, 1 preemption \(marked \*\)\nproven minimal: no schedule with/,
    );
    const found = (await run(...asFound)).stdout;
    expect(found).toMatch(/\n4 steps, 2 preemptions \(marked \*\)\n\n/);
  });

  test('should say so in JSON, the same every time', async () => {
    const first = await run(...minimised, '--json');
    expect((await run(...minimised, '--json')).stdout).toBe(first.stdout);
    const document = JSON.parse(first.stdout) as {
      reports: [{ violations: [Record<string, unknown>] }];
    };
    const [violation] = document.reports[0].violations;
    expect(Object.keys(violation).slice(-2)).toEqual(['minimized', 'explanation']);
    const minimized = violation['minimized'] as object;
    expect(Object.keys(minimized)).toEqual(['preemptions', 'steps', 'provenMinimal', 'executions']);
    expect(minimized).toMatchObject({ preemptions: 1, steps: 4, provenMinimal: true });
    expect((await run(...asFound, '--json')).stdout).not.toMatch(/minimized/);
  });
});
