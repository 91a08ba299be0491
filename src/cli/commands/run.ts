import type { Report } from '../../explore/report.js';
import { select } from '../catalogue/select.js';
import { type Command, command } from '../command.js';
import { type ExitCode, exitCodes, mostSevere } from '../exit.js';
import { explainReport } from '../explain-one.js';
import { explorerFor } from '../parallel/explorers.js';
import { exitCodeOf } from '../result.js';
import type { Explored } from '../run/here.js';
import { runOptions } from '../run/options.js';
import { checkOutputs, Output } from '../run/output.js';
import { type Planned, planRun, planShard } from '../run/plan.js';
import { shardJson } from '../shard/document.js';
import type { Terminal } from '../terminal.js';

/** `qomcheck run` */
export const run: Command = command({
  name: 'run',
  usage: '[pattern or file...]',
  summary: 'Explore scenarios and report what fails',
  details: [
    'Without arguments every scenario of the package is explored, each within its own bounds ' +
      'unless an option says otherwise. A pattern is a name, a part of names, or a glob: * stands ' +
      "for any text, slashes included, so that 'migration/*' also means the scenarios in deeper " +
      'folders; ? is one character, {a,b} either. An argument that is a file, or ends in .ts, .js, ' +
      '.mts or .mjs, is a scenario file of your own: all scenarios that it exports are explored, ' +
      'or one of them, written file.ts#name. It needs no build step and no installation.',
    'With --seed and no --executions, one execution of a randomised strategy is run. With ' +
      '--shard, the scenarios are divided; of a single scenario under a randomised strategy, the ' +
      'executions. qomcheck merge combines their JSON reports.',
    'Every failure is made simpler before it is printed: fewer preemptions, then fewer steps. ' +
      '--no-minimize leaves it as it was found; qomcheck shrink tries for longer.',
    'Where few executions stand for all, each failure is printed with the orderings that all failing ' +
      'executions share and no other has, and with how rare they are; --no-explain saves the time.',
    'With --workers, the executions of a randomised strategy are shared out to threads, and ' +
      'scenarios under other strategies are explored side by side; what is found and printed is ' +
      'the same, and --time ends a randomised search as --executions would.',
    'With --checkpoint, a search of one scenario by dpor or dfs that ends by its budget or by an ' +
      'interrupt is saved, and the same command goes on from there: --executions and --time are ' +
      'for each time anew, and what is printed is about the whole search. The file is removed ' +
      'when the search is over.',
  ],
  options: runOptions,
  examples: [
    ["qomcheck run 'migration/*'", 'Explore the scenarios about migration'],
    ['qomcheck run counter.ts --preemptions 2', 'Your own file, at most two preemptions'],
    ['qomcheck run counter.ts#lost-update --strategy random --seed 7', 'One execution, by seed'],
    ['qomcheck run --time 30s --junit results.xml --json', 'In CI'],
  ],
  run: async (values, args, terminal) => {
    checkOutputs(values);
    const selected = await select(args);
    const planned = planRun(selected, values);
    const names = planned.map(({ selected: { scenario } }) => scenario.name);
    const output = new Output(values, terminal, names);
    const results: Explored[] = [];
    const explained = ({ selected: { scenario }, options }: Planned, report: Report): Report =>
      values['no-explain'] === true || terminal.interrupted()
        ? report
        : explainReport(scenario, report, options, terminal);
    const explorer = explorerFor(planned, args, values, terminal);
    try {
      for (const [i, each] of planned.entries()) {
        const explored = await explorer.explore(i);
        if (explored === undefined) break;
        results.push(explored);
        output.add({ selected: each.selected, report: explained(each, explored.report) });
      }
    } finally {
      await explorer.close();
    }
    const shard = planShard(selected, values);
    output.end(terminal.interrupted(), shard && shardJson(shard, values, results));
    return exitCode(results, terminal);
  },
});

function exitCode(results: readonly Explored[], terminal: Terminal): ExitCode {
  if (terminal.interrupted()) return exitCodes.interrupted;
  return mostSevere(results.map(({ report }) => exitCodeOf(report)));
}
