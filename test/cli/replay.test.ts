import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { main, qomcheck, start } from './qomcheck.js';

const folder = mkdtempSync(path.join(tmpdir(), 'qomcheck-replay-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The line to paste that a run prints last. */
async function replayLine(scenario: string): Promise<string> {
  const { stdout } = await qomcheck(['run', scenario]);
  const line = stdout.split('\n').find((each) => each.startsWith('npx qomcheck replay'));
  return line ?? '';
}

async function token(scenario: string): Promise<string> {
  return (await replayLine(scenario)).split(' ').at(-1) ?? '';
}

describe('replay', () => {
  test.concurrent.each(['counter.ts#lost-update', 'quotes.ts'])(
    'should work with the line that a report of %s prints, in a shell',
    async (scenario) => {
      const line = await replayLine(scenario);
      const command = line.replace(/^npx qomcheck/, `'${process.execPath}' '${main}'`);
      const { code, stdout, stderr } = await start('sh', ['-c', command]);
      expect(stdout).toMatch(/: assertion: (an update was lost|always) \(\d steps?, /);
      expect(stdout).toMatch(/<-- assertion/);
      expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    },
  );

  test.concurrent('should take the token from a file', async () => {
    const file = path.join(folder, 'token.txt');
    writeFileSync(file, `${await token('counter.ts#lost-update')}\n`);
    const { code, stdout } = await qomcheck(['replay', 'counter.ts#lost-update', `@${file}`]);
    expect(stdout).toMatch(/an update was lost/);
    expect(code).toBe(1);
  });

  test.concurrent('should leave steps out as a report does, and none with --whole', async () => {
    const scenario = 'historic/before/own-alias';
    const given = await token(scenario);
    const short = await qomcheck(['replay', scenario, given]);
    expect(short.stdout).toMatch(/ steps left out: main /);
    expect(short.stdout).not.toMatch(/^ +100 /m);
    const whole = await qomcheck(['replay', scenario, given, '--whole']);
    expect(whole.stdout).not.toMatch(/left out/);
    expect(whole.stdout).toMatch(/^ +100 /m);
  });

  test.concurrent('should print one JSON document', async () => {
    const given = await token('counter.ts#lost-update');
    const { stdout } = await qomcheck(['replay', 'counter.ts#lost-update', given, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      scenario: 'counter.ts#lost-update',
      verdict: 'violated',
      token: given,
      steps: 4,
    });
  });

  test.concurrent('should refuse the token of another scenario, and go on with --continue', async () => {
    const given = await token('counter.ts#lost-update');
    const other = ['replay', 'counter.ts#no-lost-update', given];
    const refused = await qomcheck(other);
    expect(refused.stderr).toMatch(/does not fit .*: step 1 is "fetchAdd x" by A[^]*--continue/);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    const continued = await qomcheck([...other, '--continue']);
    expect(continued.stdout).toMatch(/^counter\.ts#no-lost-update: passed \(2 steps/);
    expect(continued.stderr).toMatch(/^qomcheck: left the recording: step 1 /);
    expect(continued.code).toBe(0);
  });

  test.concurrent('should refuse a token that was cut', async () => {
    const given = await token('counter.ts#lost-update');
    const { code, stderr } = await qomcheck([
      'replay',
      'counter.ts#lost-update',
      given.slice(0, -1),
    ]);
    expect(stderr).toMatch(/this is no token: it is damaged or cut off/);
    expect(code).toBe(2);
  });
});
