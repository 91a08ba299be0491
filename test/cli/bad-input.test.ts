import { describe, expect, test } from 'vitest';
import { inProcess, qomcheck } from './qomcheck.js';

/** A command line that is wrong, what is said about it, and the hint. */
const cases: readonly [args: readonly string[], says: RegExp][] = [
  [['rum'], /there is no command "rum"\n {2}did you mean run\?/],
  [
    ['frobnicate'],
    /there is no command "frobnicate"\n {2}the commands are list, run, merge, replay/,
  ],
  [['--jsn'], /expected a command before --jsn/],
  [['run', '--stratgy', 'dfs'], /there is no option --stratgy\n {2}did you mean --strategy\?/],
  [['list', '--qqqqqqqqq'], /there is no option --qqqqqqqqq\n {2}the options are --json, --help/],
  [['run', '-x'], /there is no option -x/],
  [['run', '--strategy', 'radnom'], /one of .*random.*, not "radnom"\n {2}.*--strategy random\?/],
  [['run', '--executions', '0'], /--executions must be a whole number from 1, or "all", not "0"/],
  [['run', '--executions', '1e3'], /--executions must be a whole number/],
  [['run', '--preemptions', '-1'], /--preemptions must be a whole number from 0, not "-1"/],
  [['run', '--steps', '99999999999999999999'], /--steps must be a whole number from 1/],
  [['run', '--time', '30'], /--time must be .*, not "30"\n {2}did you mean --time 30s\?/],
  [['run', '--time', '0s'], /--time must be a number with a unit/],
  [['run', '--shard', '3/2'], /--shard must be i\/n with i from 1 to n, such as 1\/4/],
  [['run', '--seed'], /--seed needs a value: a number or a text\n {2}write --seed SEED/],
  [['run', '--seed', '--json'], /--seed needs a value/],
  [['run', '--json=yes'], /--json takes no value, but was given "yes"/],
  [['run', '--strategy', 'random', '--delays', '1', 'counter.ts'], /"random" has no bound on del/],
  [['run', ''], /the name of a scenario must not be empty\n {2}leave it out to mean all/],
  [['run', 'no-such-thing'], /there is no scenario "no-such-thing"\n {2}"qomcheck list" names/],
  [
    ['run', 'upstream/introspectoin'],
    /no scenario .*\n {2}did you mean migration\/upstream\/intro/,
  ],
  [['run', 'counter.ts#lots-update'], /has no scenario "lots-update"\n.*counter\.ts#lost-update\?/],
  [
    ['run', 'migraton/*'],
    /there is no scenario "migraton\/\*"\n {2}did you mean 'migration\/\*'\?/,
  ],
  [
    ['run', 'nowhere.ts'],
    /there is no file "nowhere\.ts"\n {2}it was looked for in the folder "\//,
  ],
  [['run', 'cuonter.ts'], /there is no file "cuonter\.ts"\n {2}did you mean counter\.ts\?/],
  [['run', 'no/x.ts'], /there is no file "no\/x\.ts"\n {2}there is no folder "\/.*\/no" either/],
  [['run', 'folder.ts'], /"folder\.ts" is a folder, and a file is expected\n {2}name the scen/],
  [['run', 'broken.ts'], /^qomcheck: broken\.ts:3:18 does not compile: Unexpected token/],
  [['run', 'throws.ts'], /throws\.ts throws while it is loaded: TypeError: boom \(throws\.ts:2\)/],
  [['run', 'missing-import.ts'], /missing-import\.ts:2 cannot be loaded: .*'\.\/lib\/gone'/],
  [['run', 'missing-export.ts'], /TypeError: scenaria is not a function \(missing-export\.ts:3\)/],
  [['run', 'bad-scenario.ts'], /needs a name that is not empty \(bad-scenario\.ts:3\)/],
  [['run', 'nothing.ts'], /nothing\.ts exports no scenario\n {2}write export const/],
  [['run', 'twice.ts'], /twice\.ts exports two scenarios called "same"/],
  [['run', 'misuse.ts#no generator'], /misuse\.ts#no generator.* generator .*\(misuse\.ts:4\)/],
  [['run', 'misuse.ts#peeks'], /peek at "x" outside .*\(misuse\.ts:10\)/],
  [['run', 'misuse.ts#forgets yield'], /made the operation x\.store .* write "yield\*"/],
  [['run', 'misuse.ts#yields a number'], /thread "A" yielded 3/],
  [['run', 'misuse.ts#promises'], /set-up must be synchronous/],
  [
    ['run', 'counter.ts', '--junit', 'no/such/folder.xml'],
    /cannot write "no\/such\/folder\.xml": /,
  ],
  [
    ['run', 'counter.ts', '--junit', 'one', '--html', './one'],
    /two options write to the same file "\.\/one"\n {2}give each a file of its own/,
  ],
  [['run', 'counter.ts', '--html', '.'], /cannot write "\.": it is a folder/],
  [['start', 'x'], /start takes no arguments, but was given "x"\n {2}.*write qomcheck matrix/],
  [['replay'], /replay takes a scenario and a token, not 0 arguments\n {2}write qomcheck replay/],
  [['replay', 'counter.ts', 'q1.x'], /"counter\.ts" means 2 scenarios, .*\n {2}write one of/],
  [['replay', 'counter.ts#lost-update', 'nonsense'], /this is no token: .*\n {2}copy the whole/],
  [
    ['replay', 'counter.ts#lost-update', 'q2.0-O0C.1-2-TZf.v-HOPg.Kibq'],
    /is of format version q2, and this qomcheck reads q1\n {2}replay it with the release of qomcheck/,
  ],
  [['replay', 'counter.ts#lost-update', '@no-file'], /there is no file "no-file" to read a token/],
  [
    ['replay', 'counter.ts#lost-update', '@/'],
    /there is a folder and no file "\/" to read a token/,
  ],
  [
    ['replay', 'counter.ts#lost-update', '@/dev/null'],
    /there is no token in the file "\/dev\/null"/,
  ],
];

/** What only a process of its own can show. */
const endToEnd: typeof cases = [
  [['rum'], /^qomcheck: there is no command "rum"\n {2}did you mean run\?\n$/],
  [['run', 'broken.ts'], /^qomcheck: broken\.ts:3:18 does not compile: Unexpected token\n$/],
  [['run', 'misuse.ts#peeks'], /\(misuse\.ts:10\)\n$/],
  [['run', 'exits.ts'], /^qomcheck: a scenario file ended the process \(code 0\)\n$/],
  [['run', 'late.ts'], /^qomcheck: a scenario file leaves .* throws: too late \(late\.ts:1\)\n$/],
  [['run', 'hangs.ts'], /^qomcheck: loading a scenario file never ends: it awaits .*\n$/],
];

describe('bad input', () => {
  test.each(cases)('should be explained for %j', async (args, says) => {
    const { code, stdout, stderr } = await inProcess(args);
    expect(stderr).toMatch(says);
    expect(stderr).toMatch(/^qomcheck: [^\n]+\n( {2}[^\n]{1,98}\n)*$/);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test.concurrent.each(endToEnd)(
    'should be explained by the process for %j',
    async (args, says) => {
      const { code, stdout, stderr } = await qomcheck(args);
      expect(stderr).toMatch(says);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    },
  );

  test.concurrent('should show a stack when asked', async () => {
    const { code, stderr } = await qomcheck(['run', 'nowhere.ts'], {
      env: { QOMCHECK_DEBUG: '1' },
    });
    expect(stderr).toMatch(/\n {4}at .*src\/cli\/catalogue\/user-file\.ts:\d+/);
    expect(code).toBe(2);
  });
});
