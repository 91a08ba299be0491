import { families } from '../../../scenarios/index.js';
import { flag } from '../args/option.js';
import { type Command, command } from '../command.js';
import { startMatrix } from '../matrix/start.js';
import { colorOf } from '../output/color.js';
import { Problem } from '../problem.js';

const options = {
  color: flag('Use colour even where the output is no terminal'),
  'no-color': flag('Use no colour'),
};

/** `qomcheck start`, which is `npm start`. */
export const start: Command = command({
  name: 'start',
  usage: '',
  summary: 'Show the tables of qomcheck matrix in about a minute, with one counter-example',
  details: [
    'Explores each design under each hazard within a small budget, and prints what was found. Where ' +
      'that is not what the debate claims, a note gives the reason. The exit code is 1 only if what was ' +
      'found differs from the claim and no such reason is recorded; that a slow machine decides fewer ' +
      'cells is no failure.',
  ],
  options,
  examples: [['qomcheck start', 'The same as npm start']],
  run: async (values, args, terminal) => {
    if (args.length > 0) {
      throw new Problem(
        'bad-arguments',
        `start takes no arguments, but was given "${args.join(' ')}"`,
        'for a part of the tables, write qomcheck matrix',
      );
    }
    return startMatrix(families, colorOf(values, terminal), terminal);
  },
});
