import { families } from '../../../scenarios/index.js';
import { type Command, command } from '../command.js';
import { matrixOptions } from '../matrix/options.js';
import { runMatrix } from '../matrix/run.js';
import { Problem } from '../problem.js';

/** `qomcheck matrix` */
export const matrix: Command = command({
  name: 'matrix',
  usage: '',
  summary: 'Explore every design under every hazard, beside what was claimed of it',
  details: [
    'Prints a table for each family: a row for each design that was argued for, a column for each ' +
      'hazard. A claim names the invariants that are broken (I1 to I13), and holds when the search ' +
      'finds each of them; "verified" holds when it finds nothing. Where what was found is otherwise, ' +
      'a footnote gives the argument that is recorded, and the exit code is 1 if there is none. It is ' +
      '3 if no claim is refuted but the budget of some cell with a claim was too small. A cell in ' +
      'which nothing fails, but in which the search never came where the hazard is, is an error.',
    'The search knows no claim. Each failure that is counted was made simpler and has a token that ' +
      'replays it, in --json and --markdown. Without --time, what is printed is the same each time and ' +
      'with any number of threads.',
  ],
  options: matrixOptions,
  examples: [
    ['qomcheck matrix --family migration', 'The designs for the migration object'],
    ['qomcheck matrix --json --executions 5000', 'All cells for a program, within a budget'],
    ['qomcheck matrix --exhaustive --markdown report.md', 'Everything, for a mail or a wiki'],
  ],
  run: async (values, args, terminal) => {
    if (args.length > 0) {
      throw new Problem(
        'bad-arguments',
        `matrix takes no arguments, but was given "${args.join(' ')}"`,
        `write qomcheck matrix --family ${args[0] ?? ''}`,
      );
    }
    return runMatrix(families, values, terminal);
  },
});
