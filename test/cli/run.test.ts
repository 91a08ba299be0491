import { describe, expect, test } from 'vitest';
import { inProcess, type Outcome, qomcheck } from './qomcheck.js';

interface Document {
  readonly interrupted: boolean;
  readonly reports: readonly {
    readonly scenario: string;
    readonly seed: unknown;
    readonly strategy: string;
    readonly verdict: string;
    readonly executions: number;
    readonly claim: { readonly expects: unknown } | null;
    readonly elapsedMs?: number;
    readonly violations: readonly { readonly events: readonly { readonly location: string }[] }[];
  }[];
}

const json = ({ stdout }: Outcome): Document => JSON.parse(stdout) as Document;
const many = ['run', 'many.ts#many', '--strategy', 'random'];

const inLists = ['in a list', 'in a list of a list', 'in an object', 'deeper', 'inside'];
const listed = new RegExp(
  `^${inLists.map((name) => `folder\\.ts/lists\\.mjs#${name}\\n`).join('')}$`,
);

/** A command line, its exit code and what it prints. */
const cases: readonly [args: readonly string[], code: number, stdout: RegExp][] = [
  [['run', 'counter.ts#no-lost-update'], 0, /^verified +counter\.ts#no-lost-update {2}\d+ exec/],
  [['run', 'counter.ts#lost-update'], 1, /^violated +counter\.ts#lost-update {2}assertion; /],
  [
    ['run', 'counter.ts'],
    1,
    /\n\nViolated:\n {2}counter\.ts#lost-update {2}assertion\n\n2 scenarios: 1 violated, 1 verified\n$/,
  ],
  [['run', 'counter.ts', 'counter.ts#lost-update', 'plain.mjs'], 1, /\n3 scenarios: /],
  [['run', 'counter.ts', '--no-color'], 1, /\nTo replay it:\nnpx qomcheck replay 'counter\.ts#lo/],
  [
    ['run', 'counter.ts#lost-update', '--strategy', 'dfs', '--preemptions', '0'],
    0,
    /^verified within 0 preemptions counter\.ts#lost-update {2}2 executions; dfs\n/,
  ],
  [['run', 'many.ts#many', '--executions', '9'], 3, /^inconclusive many\.ts#many {2}9 executions/],
  [['run', 'many.ts#many', '--time', '50ms'], 3, /^inconclusive /],
  [['run', 'many.ts', '--executions', '9'], 3, /3 scenarios: 2 inconclusive, 1 verified/],
  [['run', 'many.ts#many', 'counter.ts', '--executions', '9'], 1, /1 violated, 1 inconclusive/],
  [[...many, '--executions', '9'], 0, /^passed +many\.ts#many {2}9 executions; random, seed \d+/],
  [[...many, '--seed', '7'], 0, /1 execution; random, seed 7/],
  [
    [...many, '--steps', '5', '--seed', 'x'],
    1,
    /livelock; 1 of 1 executions failed; random, seed x/,
  ],
  [['run', 'many.ts', '--shard', '1/2', '--executions', '9'], 3, /2 scenarios: 1 in[^]*1 verified/],
  [
    ['run', 'many.ts', '--shard', '2/2', '--executions', '9'],
    3,
    /^inconclusive many\.ts#many .*\n +warning: the budget ended with [^]*far\s+off\n$/,
  ],
  [['run', 'many.ts#many', '--shard', '2/2'], 0, /^0 scenarios\n$/],
  [['list', 'folder.ts/lists.mjs'], 0, listed],
  [['list', 'control.ts'], 0, /^control\.ts#größer\\u\{1b\}\[31m\\nred {2}a\\u\{d\}b\n$/],
  [
    ['run', 'control.ts'],
    0,
    /^verified {5}control\.ts#gr\\u\{f6\}\\u\{df\}er\\u\{1b\}\[31m\\nred {2}1 exec/,
  ],
  [['run', 'imports.mts', 'plain.mjs'], 0, /\n2 scenarios: 2 verified\n$/],
  [['run', 'warns.ts'], 0, /warning: no execution reached "the far side"/],
  // What the claim names comes first, whatever was found first; no execution twice.
  [
    ['run', 'migration/upstream/shutdown-vs-locked-helper', '--no-explain'],
    1,
    /claim: I1\n\n\S+: use-after-free: [^]*\n\S+: invariant: I11: /,
  ],
  [
    ['run', 'timers/iothread/freed-after-deletion', '--no-explain'],
    1,
    /^(?![^]*(replay '.*' \S+\n)[^]*\1)[^]*proven minimal/,
  ],
  [
    ['run', 'migration/upstream/shutdown-vs-bottom-half'],
    1,
    /claim: I11[^]*models\/[\w/-]+\.[jt]s/,
  ],
  [
    ['run', 'migration/join-then-clear/shutdown-vs-thread-start'],
    1,
    /claim: verified\s+\(differs\s+as\s+recorded:\s+join,\s+drop,\s+clear\s+leaves/,
  ],
  [['list', 'counter.ts'], 0, /^counter\.ts#no-lost-update {2}two threads increment in one step\n/],
  [['list', 'migration/*', '--json'], 0, /"name": "migration\/upstream\/[^]*"expects": \[/],
];

describe('run and list', () => {
  test.each(cases)('should answer %j with %i', async (args, code, stdout) => {
    const outcome = await inProcess(args);
    expect(outcome.stdout).toMatch(stdout);
    expect(outcome.code).toBe(code);
    if (args[0] === 'run') {
      const lines = outcome.stdout.split('\n').filter((line) => !line.startsWith('npx '));
      expect(lines.filter((line) => line.length > 100)).toEqual([]);
    }
  });

  test.concurrent('should leave what a scenario file prints to the log', async () => {
    const { stdout, stderr } = await qomcheck(['run', 'prints.ts', '--json']);
    expect(stderr).toMatch(/^printed while loading\nprinted while exploring\n/);
    expect(JSON.parse(stdout)).toMatchObject({ reports: [{ verdict: 'verified' }] });
  });

  test.concurrent('should give places as the user wrote them', async () => {
    const { stdout } = await qomcheck(['run', 'lines.ts']);
    expect(stdout).toMatch(/load x = 0 +lines\.ts:43\n/);
    expect(stdout).toMatch(/store x := 1 .* lines\.ts:47\n/);
    expect(stdout).toMatch(/[#;] lines\.ts:65:\d+/);
  });

  test.concurrent('should colour what a terminal would show', async () => {
    const plain = await qomcheck(['run', 'counter.ts']);
    const coloured = await qomcheck(['run', 'counter.ts', '--color'], { env: { NO_COLOR: '1' } });
    const forced = await qomcheck(['run', 'counter.ts'], { env: { FORCE_COLOR: '1' } });
    expect(plain.stdout).not.toContain('\u001b');
    expect(coloured.stdout).toContain('\u001b[31mviolated');
    expect(forced.stdout).toBe(coloured.stdout);
    // eslint-disable-next-line no-control-regex -- that is what colours are made of
    expect(coloured.stdout.replace(/\u001b\[\d+m/g, '')).toBe(plain.stdout);
    const off = await qomcheck(['run', 'counter.ts', '--no-color'], { env: { FORCE_COLOR: '1' } });
    expect(off.stdout).toBe(plain.stdout);
  });
});

describe('run with explanations', () => {
  test('should say which orderings fail, before the line that replays', async () => {
    const { stdout } = await inProcess(['run', 'counter.ts#lost-update']);
    expect(stdout).toMatch(
      /\n\nFails exactly when load x by A [^]*\.\n2 of 4 traces fail so; [^\n]* 50 %\.\n\nTo replay it:\n/,
    );
    const without = await inProcess(['run', 'counter.ts#lost-update', '--no-explain']);
    expect(without.stdout).not.toMatch(/exactly when|traces fail/);
  });

  test('should say nothing where there are too many traces', async () => {
    const { stdout } = await inProcess(['run', 'many.ts#many', '--steps', '5']);
    expect(stdout).toMatch(/livelock/);
    expect(stdout).not.toMatch(/exactly when|not found within|random walk/);
  });
});

describe('run --json', () => {
  test.concurrent.each([
    [['run', 'migration/upstream/introspection*', '--json']],
    [['run', 'counter.ts', '--strategy', 'random', '--seed', '3', '--executions', '50', '--json']],
  ])('should print the same bytes twice for %j', async (args) => {
    const [one, two] = await Promise.all([qomcheck(args), qomcheck(args)]);
    expect(two).toEqual(one);
    expect(json(one).reports.length).toBeGreaterThan(0);
    expect(json(one).reports.every(({ elapsedMs }) => elapsedMs === undefined)).toBe(true);
  });

  test.concurrent('should hold times only when asked', async () => {
    const [report] = json(await qomcheck(['run', 'plain.mjs', '--json', '--timings'])).reports;
    expect(report?.elapsedMs).toBeGreaterThan(0);
  });

  test.concurrent('should hold the claim of the list of scenarios', async () => {
    const name = 'migration/upstream/shutdown-vs-bottom-half';
    const [report] = json(await qomcheck(['run', name, '--json'])).reports;
    expect(report).toMatchObject({ scenario: name, verdict: 'violated' });
    expect(report).toHaveProperty('claim.expects', ['I11']);
    expect(report).toHaveProperty('difference', null);
  });

  test.concurrent('should take numbers for seeds as the programming interface does', async () => {
    const seeds = ['7', '007', '-3', '1e3'].map(async (seed) => {
      const [report] = json(await qomcheck([...many, '--json', `--seed=${seed}`])).reports;
      return report?.seed;
    });
    expect(await Promise.all(seeds)).toEqual([7, '007', -3, '1e3']);
  });

  test.concurrent('should divide the executions of one scenario into shards', async () => {
    const search = ['run', 'counter.ts#lost-update', '--strategy', 'random', '--json'];
    const rest = ['--seed', '5', '--executions', '10', '--stop-after', 'all'];
    const parts = ['1/3', '2/3', '3/3'].map(async (shard) => {
      const [report] = json(await qomcheck([...search, ...rest, '--shard', shard])).reports;
      return [report?.executions, report?.verdict === 'violated'];
    });
    const [whole] = json(await qomcheck([...search, ...rest])).reports;
    expect(whole?.executions).toBe(10);
    expect((await Promise.all(parts)).map(([executions]) => executions)).toEqual([3, 3, 4]);
  });
});
