import { type Command, parseCommand, usage } from './command.js';
import { compareMany, describeDisagreement, scales, type Task } from './compare.js';
import { distributionOf } from './distribution.js';

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** The number of disagreements. */
function run({ strategies, profiles, seed, first, runs, scale }: Command): number {
  let disagreements = 0;
  for (const strategy of strategies) {
    const sizes: number[] = [];
    let tooLarge = 0;
    let disagree = 0;
    print(heading(strategy === 'dfs' ? 'interleavings' : 'traces'));
    for (const profile of profiles) {
      const task: Task = {
        strategy,
        profile,
        seed,
        first,
        runs,
        scale: scale ?? scales[strategy],
      };
      const begin = performance.now();
      const outcome = compareMany(task, (disagreement) => {
        const again = { ...task, first: disagreement.index, runs: 1 };
        print(`\n${describeDisagreement(disagreement)}\n  again: ${commandOf(again)}\n`);
      });
      const seconds = (performance.now() - begin) / 1000;
      print(row(`${strategy} ${profile}`, outcome.sizes, outcome.tooLarge, seconds));
      sizes.push(...outcome.sizes);
      tooLarge += outcome.tooLarge;
      disagree += outcome.disagreements.length;
    }
    if (profiles.length > 1) print(row(`${strategy}, all`, sizes, tooLarge, undefined));
    print(`${disagree} disagreements\n`);
    disagreements += disagree;
  }
  return disagreements;
}

function heading(what: string): string {
  const columns = ['agree', 'too large', 'p10', 'median', 'p90', 'max'];
  return `${''.padEnd(18)}${columns.map((text) => text.padStart(10)).join('')} ${what}`;
}

function row(
  name: string,
  sizes: readonly number[],
  tooLarge: number,
  seconds: number | undefined,
): string {
  const { p10, median, p90, max } = distributionOf(sizes);
  const numbers = [sizes.length, tooLarge, p10, median, p90, max];
  const time = seconds === undefined ? '' : `${seconds.toFixed(1)} s`;
  const columns = numbers.map((number) => ` ${String(number).padStart(9)}`).join('');
  return `${name.padEnd(18)}${columns}${time.padStart(10)}`.trimEnd();
}

function commandOf({ strategy, profile, seed, first, runs, scale }: Task): string {
  const at = `--seed ${seed} --first ${first ?? 0} --runs ${runs}`;
  const what = `--profile ${profile} --strategy ${strategy} --scale ${scale ?? 1}`;
  return `npm run compare -- ${at} ${what}`;
}

try {
  if (run(parseCommand(process.argv.slice(2))) > 0) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  process.exitCode = 2;
}
