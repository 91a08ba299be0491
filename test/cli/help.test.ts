import { describe, expect, test } from 'vitest';
import { commands } from '../../src/cli/commands/index.js';
import { version } from '../../src/cli/package.js';
import { strategyNames } from '../../src/explore/options.js';
import { main, qomcheck, start } from './qomcheck.js';

const names = commands.map(({ name }) => name);

describe('help', () => {
  test.concurrent.for([[], ['--help'], ['-h'], ['help']])(
    'should be shown for %j',
    async (args, { expect }) => {
      const { code, stdout, stderr } = await qomcheck(args);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      await expect(stdout).toMatchFileSnapshot('golden/help.txt');
    },
  );

  test.concurrent.for(names)('should be shown for the command %s', async (name, { expect }) => {
    const { code, stdout, stderr } = await qomcheck([name, '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    // A strategy more changes no other word.
    const text = stdout.replace(strategyNames.join(', '), '<strategies>');
    await expect(text).toMatchFileSnapshot(`golden/help-${name}.txt`);
    expect((await qomcheck(['help', name])).stdout).toBe(stdout);
    expect(stdout).toMatch(/\nExamples:\n {2}qomcheck /);
    expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([]);
  });

  test.concurrent.each(['--version', '-v'])('should give the version for %s', async (option) => {
    expect(await qomcheck([option])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  test.skipIf(process.platform === 'win32')('should be found by a shell', async () => {
    expect((await start(main, ['--version'])).stdout).toBe(`${version}\n`);
  });
});
