import { flag, value } from '../args/option.js';
import { path } from '../args/values.js';
import { type Command, command } from '../command.js';
import { type ExitCode, exitCodes, mostSevere } from '../exit.js';
import { Problem } from '../problem.js';
import { exitCodeOf, type Judged } from '../result.js';
import { checkOutputs, Output } from '../run/output.js';
import { inOrder } from '../shard/fit.js';
import { mergeShards } from '../shard/merge.js';
import { readShard } from '../shard/read.js';

const options = {
  json: flag('Print one JSON document, the same as that of the whole run'),
  timings: flag('With --json, include wall-clock times; shards without any count as 0'),
  junit: value('FILE', path, 'Write a JUnit XML report'),
  markdown: value('FILE', path, 'Write a Markdown report'),
  html: value('FILE', path, 'Write an HTML report'),
  color: flag('Use colour even where the output is no terminal'),
  'no-color': flag('Use no colour'),
};

/** `qomcheck merge` */
export const merge: Command = command({
  name: 'merge',
  usage: '<file...>',
  summary: 'Combine the JSON reports of all shards of a run',
  details: [
    'Prints what qomcheck run would have printed without --shard, and ends with its exit code. ' +
      'The files are what qomcheck run --shard I/N --json printed, one for each I, in any order. ' +
      'A shard that ended before all its executions, by --time or an interrupt, is a warning.',
  ],
  options,
  examples: [
    ['qomcheck merge shard-1.json shard-2.json', 'The verdicts and failures of both'],
    ['qomcheck merge shard-*.json --json --html report.html', 'In CI'],
  ],
  run: (values, args, terminal) => {
    if (args.length === 0) {
      throw new Problem(
        'bad-arguments',
        'merge takes the JSON reports of all shards of a run, and none is given',
        'write qomcheck merge <file...>',
      );
    }
    checkOutputs(values);
    const files = inOrder(args.map(readShard));
    const results = mergeShards(files);
    const names = results.map(({ report }) => report.scenario);
    const output = new Output(values, terminal, names);
    for (const result of results) output.add(result);
    const interrupted = files.some(({ document }) => document.interrupted);
    output.end(interrupted);
    return exitCode(results, interrupted);
  },
});

function exitCode(results: readonly Judged[], interrupted: boolean): ExitCode {
  if (interrupted) return exitCodes.interrupted;
  return mostSevere(results.map(({ report }) => exitCodeOf(report)));
}
