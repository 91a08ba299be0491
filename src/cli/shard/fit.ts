import { Problem } from '../problem.js';
import type { ShardFile } from './read.js';
import type { ReportDocument } from './schema.js';

function refuse(message: string, hint?: string): never {
  throw new Problem('bad-report', message, hint);
}

function nameOf({ shard }: ShardFile): string {
  return `shard ${shard.index}/${shard.count}`;
}

/**
 * The shards in order.
 *
 * @throws Problem when they are not all shards of one run.
 */
export function inOrder(files: readonly ShardFile[]): ShardFile[] {
  const [first] = files;
  if (first === undefined) return [];
  for (const file of files) checkSameRun(first, file);
  const { count } = first.shard;
  const ordered: ShardFile[] = [];
  for (let index = 1; index <= count; index++) {
    const [found, again] = files.filter(({ shard }) => shard.index === index);
    if (found === undefined) refuse(`shard ${index}/${count} is missing`);
    if (again !== undefined) {
      refuse(`"${found.path}" and "${again.path}" are both ${nameOf(found)}`);
    }
    ordered.push(found);
  }
  const more = files.find(({ shard }) => shard.index > count);
  if (more !== undefined) refuse(`"${more.path}" says that it is ${nameOf(more)}`);
  if (first.shard.executions === null) ordered.forEach(checkScenarios);
  else checkExecutions(ordered);
  return ordered;
}

/** What has to be the same in all shards of a run. */
function checkSameRun(a: ShardFile, b: ShardFile): void {
  const both = `"${a.path}" and "${b.path}" do not fit together`;
  const [one, other] = [a.shard, b.shard];
  if (one.qomcheck !== other.qomcheck) {
    refuse(`${both}: one is of qomcheck ${one.qomcheck}, one of ${other.qomcheck}`);
  }
  if (one.count !== other.count) {
    refuse(`${both}: one is ${nameOf(a)}, one ${nameOf(b)}`);
  }
  const names = new Set([...Object.keys(one.options), ...Object.keys(other.options)]);
  for (const name of names) {
    const [left, right] = [one.options[name], other.options[name]].map((value) =>
      value === undefined ? `no --${name}` : `--${name}${value === true ? '' : ` ${value}`}`,
    );
    if (left !== right) refuse(`${both}: one was run with ${left ?? ''}, one with ${right ?? ''}`);
  }
  const strange = [...one.scenarios, ...other.scenarios].find(
    (name) => one.scenarios.includes(name) !== other.scenarios.includes(name),
  );
  if (strange !== undefined) refuse(`${both}: only one of them has the scenario "${strange}"`);
  const [there, here] = [one.executions, other.executions];
  if ((there === null) !== (here === null)) {
    refuse(`${both}: one has a part of the scenarios, one a part of the executions`);
  }
  if (there?.all !== here?.all || there?.stopAfter !== here?.stopAfter) {
    refuse(`${both}: they are of searches with different limits`);
  }
  const [left, right] = [a.document.reports[0], b.document.reports[0]];
  if (there !== null && left !== undefined && right !== undefined)
    checkSameSearch(both, left, right);
}

function checkSameSearch(both: string, one: ReportDocument, other: ReportDocument): void {
  for (const name of ['strategy', 'seed'] as const) {
    if (one[name] === other[name]) continue;
    refuse(
      `${both}: one is of ${name} ${one[name]}, one of ${other[name]}`,
      name === 'seed' ? 'give every shard the same --seed' : undefined,
    );
  }
  if (JSON.stringify(one.bounds) !== JSON.stringify(other.bounds)) {
    refuse(`${both}: their bounds are different`);
  }
}

/** Each shard has each n-th scenario. */
function checkScenarios(file: ShardFile): void {
  const { shard, document } = file;
  const expected = shard.scenarios.filter((_, i) => i % shard.count === shard.index - 1);
  const names = document.reports.map(({ scenario }) => scenario);
  const missing = expected.find((name) => !names.includes(name));
  if (missing !== undefined) {
    const why = document.interrupted ? ' was interrupted and' : '';
    refuse(`"${file.path}"${why} lacks the scenario "${missing}"`, `run ${nameOf(file)} again`);
  }
  const extra = names.find((name, i) => name !== expected[i]);
  if (extra !== undefined) refuse(`"${file.path}" has the scenario "${extra}" in a wrong place`);
}

/** Each shard has the executions that follow those of the one before. */
function checkExecutions(ordered: readonly ShardFile[]): void {
  let next = 0;
  let all = 0;
  for (const file of ordered) {
    const { executions } = file.shard;
    if (executions === null) continue;
    if (executions.first !== next) {
      const what = executions.first < next ? 'overlap' : 'leave a gap';
      refuse(`the executions of "${file.path}" and the shard before it ${what}`);
    }
    next += executions.count;
    all = executions.all;
    if (file.document.reports.length !== (executions.count === 0 ? 0 : 1)) {
      refuse(`"${file.path}" lacks its report`, `run ${nameOf(file)} again`);
    }
  }
  if (next !== all) refuse(`the shards have ${next} executions, and the whole run ${all}`);
}
