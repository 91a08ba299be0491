import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { inProcess, type Outcome } from './qomcheck.js';

const folder = mkdtempSync(path.join(tmpdir(), 'qomcheck-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

let files = 0;

/** Writes a text to a file of its own. */
function saved(text: string): string {
  const file = path.join(folder, `${String(files++)}.json`);
  writeFileSync(file, text);
  return file;
}

/** Runs each shard, and keeps its JSON report in a file. */
async function shards(args: readonly string[], count: number): Promise<string[]> {
  const reports: string[] = [];
  for (let i = 1; i <= count; i++) {
    const shard = `${String(i)}/${String(count)}`;
    const { stdout } = await inProcess(['run', ...args, '--json', '--shard', shard]);
    reports.push(saved(stdout));
  }
  return reports;
}

const lost = 'counter.ts#lost-update';

describe('merge', () => {
  const runs: readonly [count: number, ...args: string[]][] = [
    [2, 'counter.ts', 'many.ts', 'warns.ts', '--executions', '20'],
    [7, 'counter.ts', 'warns.ts'],
    [2, 'migration/upstream/introspection*', '--preemptions', '1'],
    [3, lost, '--strategy', 'random', '--executions', '200', '--seed', '3'],
    [3, lost, '--strategy', 'random', '--executions', '60', '--seed', '3', '--stop-after', '9'],
    [3, lost, '--strategy', 'pct', '--executions', '50', '--seed', '3', '--stop-after', 'all'],
    [4, 'warns.ts', '--strategy', 'portfolio', '--executions', '3', '--seed', 'x'],
    [2, lost, '--strategy', 'pos', '--seed', '3'],
    [
      3,
      'migration/upstream/shutdown-vs-bottom-half',
      ...['--strategy', 'random', '--executions', '40', '--seed', '3', '--stop-after', 'all'],
    ],
    [
      2,
      'migration/upstream/shutdown-vs-bottom-half',
      ...['--strategy', 'pos', '--executions', '40', '--seed', '3', '--stop-after', '30'],
      '--no-minimize',
    ],
  ];
  test.each(runs)('should print of %d shards of %s what the whole run prints', async (...run) => {
    const [count, ...args] = run;
    const parts = await shards(args, count);
    const whole = await inProcess(['run', ...args, '--json']);
    const merged = await inProcess(['merge', ...parts.reverse(), '--json']);
    expect(merged.stdout).toBe(whole.stdout);
    expect(merged.code).toBe(whole.code);
    const text = await inProcess(['merge', ...parts]);
    // The fixtures have longer names in this process than they are shown with.
    const squeezed = ({ stdout }: Outcome): string => stdout.replace(/\s+/g, ' ');
    expect(squeezed(text)).toBe(squeezed(await inProcess(['run', ...args])));
  });

  test('should write the files of the whole run', async () => {
    const args = [lost, '--strategy', 'random', '--executions', '20', '--seed', '3'];
    const html = path.join(folder, 'report.html');
    await inProcess(['merge', ...(await shards(args, 2)), '--html', html]);
    expect(existsSync(html)).toBe(true);
  });

  test('should warn of a shard that ended early', async () => {
    const args = ['many.ts#many', '--strategy', 'random', '--executions', '60', '--seed', '3'];
    const parts = await shards(args, 2);
    const { stdout } = await inProcess(['run', ...args, '--json', '--shard', '2/2']);
    const early = saved(stdout.replace('"executions": 30,', '"executions": 12,'));
    const merged = await inProcess(['merge', parts[0] as string, early]);
    expect(merged.stdout).toMatch(/ 42 executions; .*\n.*shard 2\/2 ended after 12 of its 30 exec/);
    expect(merged.code).toBe(0);
  });
});

describe('reports that do not fit together', () => {
  const search = [lost, '--strategy', 'random', '--executions', '9', '--stop-after', 'all'];
  const seeded = [...search, '--seed', '1'];
  const several = ['counter.ts', 'warns.ts'];
  const change =
    (from: string | RegExp, to: string) =>
    (text: string): string => {
      expect(text).toMatch(from);
      return text.replace(from, to);
    };

  /** What the first shard is changed to, and what is said about it and the second. */
  const cases: readonly [
    what: string,
    args: readonly string[],
    edit: (text: string) => string,
    says: RegExp,
  ][] = [
    ['no JSON', seeded, () => '{', /^qomcheck: ".*" is no JSON report of .*: it is not JSON\n/],
    ['other JSON', seeded, () => '[]', /^qomcheck: ".*" is no JSON report of qomcheck run\n/],
    [
      'damaged',
      seeded,
      change('"failing"', '"fooling"'),
      /^qomcheck: ".*" is no JSON report of qomcheck run\n/,
    ],
    [
      'of another release',
      seeded,
      change(/"qomcheck": ".*"/, '"qomcheck": "0.0.1"'),
      /do not fit together: one is of qomcheck 0\.0\.1, one of /,
    ],
    [
      'of more shards',
      seeded,
      change('"count": 2', '"count": 3'),
      /do not fit together: one is shard 1\/3, one shard 2\/2\n/,
    ],
    [
      'the same shard again',
      seeded,
      change('"index": 1,\n    "count"', '"index": 2,\n    "count"'),
      /^qomcheck: shard 1\/2 is missing\n/,
    ],
    [
      'with another option',
      seeded,
      change('"stop-after": "all"', '"stop-after": 5'),
      /one was run with --stop-after 5, one with --stop-after all\n/,
    ],
    [
      'without an option',
      several,
      change('"options": {}', '"options": { "preemptions": 2 }'),
      /one was run with --preemptions 2, one with no --preemptions\n/,
    ],
    [
      'of other scenarios',
      several,
      change('"warns.ts#warns"\n    ]', '"other"\n    ]'),
      /only one of them has the scenario "other"\n/,
    ],
    ['with an overlap', seeded, change('"count": 4,', '"count": 5,'), /shard before it overlap\n/],
    ['with a gap', seeded, change('"count": 4,', '"count": 3,'), /shard before it leave a gap\n/],
    [
      'interrupted',
      several,
      (text) => {
        const document = JSON.parse(text) as { reports: unknown[] };
        return JSON.stringify({ ...document, interrupted: true, reports: [] });
      },
      /was interrupted and lacks the scenario ".*"\n {2}run shard 1\/2 again\n/,
    ],
  ];
  test.each(cases)('should be refused when one is %s', async (_what, args, edit, says) => {
    const shard = async (i: number): Promise<string> =>
      (await inProcess(['run', ...args, '--json', '--shard', `${String(i)}/2`])).stdout;
    const outcome = await inProcess(['merge', saved(edit(await shard(1))), saved(await shard(2))]);
    expectRefusal(outcome, says);
  });

  test('should be refused when their seeds are different', async () => {
    const outcome = await inProcess(['merge', ...(await shards(search, 2))]);
    expectRefusal(outcome, /one is of seed \d+, one of \d+\n {2}give every shard the same --seed/);
  });

  test('should be refused when one is there twice or not at all', async () => {
    const [one, two, three] = (await shards(several, 3)) as [string, string, string];
    expectRefusal(await inProcess(['merge', one, two]), /shard 3\/3 is missing\n/);
    expectRefusal(await inProcess(['merge', one, two, three, two]), /are both shard 2\/3\n/);
  });

  test('should be refused when one is of a whole run', async () => {
    const { stdout } = await inProcess(['run', lost, '--json']);
    expectRefusal(
      await inProcess(['merge', saved(stdout)]),
      /of a whole run, and not of a shard\n/,
    );
  });

  test('should be named', async () => {
    expectRefusal(await inProcess(['merge']), /of all shards of a run, and none is given\n/);
    expectRefusal(await inProcess(['merge', 'gone.json']), /there is no file "gone\.json"\n/);
  });

  function expectRefusal({ code, stdout, stderr }: Outcome, says: RegExp): void {
    expect(stderr).toMatch(says);
    expect(stderr).toMatch(/^qomcheck: [^\n]+\n( {2}[^\n]+\n)?$/);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  }
});
