import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { main, qomcheck, start } from './qomcheck.js';

/** Interrupts a process some time after it printed a text, so many times. */
function interruptAfter(
  text: RegExp,
  times = 1,
  signal: NodeJS.Signals = 'SIGINT',
): (child: ChildProcess, output: string) => void {
  let begun = false;
  return (child, output) => {
    if (begun || !text.test(output)) return;
    begun = true;
    for (let i = 0; i < times; i++) {
      // Two interrupts at almost the same time count as one.
      setTimeout(() => child.kill(signal), 400 + 600 * i);
    }
  };
}

describe('an interrupt', () => {
  test.concurrent('should end the search and show what was found so far', async () => {
    const { code, stdout, stderr } = await qomcheck(['run', 'many.ts', '--executions', 'all'], {
      onOutput: interruptAfter(/few/),
    });
    expect(stdout).toMatch(/^verified +many\.ts#few /);
    expect(stdout).toMatch(/\ninconclusive many\.ts#many {2}[\d,]+ executions/);
    expect(stdout).toMatch(/\n +warning: the search was stopped with [^]*far\s+off\n/);
    expect(stdout).toMatch(/interrupted, 1 not explored\n$/);
    expect(stderr).toBe('qomcheck: interrupted; press again to stop at once\n');
    expect(code).toBe(130);
  });

  // What `timeout` and CI send counts as one, too.
  test.concurrent.each(['SIGINT', 'SIGTERM'] as const)(
    'should leave one JSON document (%s)',
    async (signal) => {
      const args = ['run', 'prints.ts', 'many.ts', '--executions', 'all', '--json'];
      const onOutput = interruptAfter(/while exploring/, 1, signal);
      const { code, stdout } = await qomcheck(args, { onOutput });
      expect(JSON.parse(stdout)).toMatchObject({ interrupted: true, reports: [{}, {}, {}] });
      expect(code).toBe(130);
    },
  );

  test.concurrent('should stop a scenario that never comes back, the second time', async () => {
    const { code, stdout } = await qomcheck(['run', 'endless.ts'], {
      onOutput: interruptAfter(/looping/, 2),
    });
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
  });
});

describe('a reader that goes away', () => {
  test.concurrent('should not crash the program or change its exit code', async () => {
    const { code, stderr } = await qomcheck(['run', 'counter.ts', 'many.ts#few', 'warns.ts'], {
      onStart: (child) => child.stdout?.destroy(),
    });
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  });
});

describe.skipIf(!existsSync('/dev/full'))('a disk that is full', () => {
  test.concurrent('should be said in one sentence, with an exit code that is no verdict', async () => {
    const args = ['-c', 'exec "$@" > /dev/full', 'sh', process.execPath, main, 'run', 'counter.ts'];
    const { code, stderr } = await start('sh', args);
    expect(stderr).toBe('qomcheck: cannot write the results: the disk is full\n');
    expect(code).toBe(2);
  });
});
