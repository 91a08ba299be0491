import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { executions } from './executions.js';
import type { Bench } from './kit/bench.js';
import { length } from './length.js';
import { long } from './long.js';
import { memory } from './memory.js';
import { randomWalk } from './random-walk.js';
import { seeding } from './seeding.js';
import { wholeSpaces } from './whole-space.js';

const benches: readonly Bench[] = [
  randomWalk,
  wholeSpaces,
  executions,
  length,
  long,
  memory,
  seeding,
];

/** Told to the processes of a run of many. */
const briefly = '--brief';

/**
 * Runs one benchmark in this process; several in a process each, because what ran before decides how the engine compiles what
 * comes after, and leaves its heap behind.
 */
async function main(args: readonly string[]): Promise<void> {
  const brief = args.includes(briefly);
  const names = args.filter((name) => name !== briefly);
  const unknown = names.find((name) => !benches.some((bench) => bench.name === name));
  if (unknown !== undefined) {
    process.stderr.write(`there is no benchmark "${unknown}"; there are:\n`);
    for (const { name, title } of benches) process.stderr.write(`  ${name}: ${title}\n`);
    process.exitCode = 2;
    return;
  }
  const chosen = names.length === 0 ? benches.map(({ name }) => name) : names;
  if (chosen.length === 1) {
    const bench = benches.find(({ name }) => name === chosen[0])!;
    process.stdout.write(`\n${bench.name}: ${bench.title}\n\n`);
    await bench.run((text) => process.stdout.write(text), brief);
    return;
  }
  for (const name of chosen) {
    const self = [...process.execArgv, fileURLToPath(import.meta.url), name, briefly];
    const { status } = spawnSync(process.execPath, self, { stdio: 'inherit' });
    if (status !== 0) process.exitCode = 1;
  }
}

await main(process.argv.slice(2));
