import { flag } from '../args/option.js';
import { select } from '../catalogue/select.js';
import { type Command, command } from '../command.js';
import { colorOf } from '../output/color.js';
import { Problem } from '../problem.js';
import { show } from '../start/show.js';

const options = {
  color: flag('Use colour even where the output is no terminal'),
  'no-color': flag('Use no colour'),
};

const subject = 'migration/*';
const title =
  "Who keeps QEMU's migration object alive, and who resets current_migration? Each design that was " +
  'proposed (rows) against each hazard (columns), and what the search found:';

/** `qomcheck start`, which is `npm start`. */
export const start: Command = command({
  name: 'start',
  usage: '',
  summary: 'Show what the migration scenarios find, with one counter-example',
  details: [
    'Explores each scenario within its own bounds, in less than a minute in all, and prints what was ' +
      'found, design by design and hazard by hazard. Where that is not what the debate claims, a note ' +
      'gives the reason. The exit code is 1 only if what was found differs from the claim and no such ' +
      'reason is recorded.',
  ],
  options,
  examples: [['qomcheck start', 'The same as npm start']],
  run: async (values, args, terminal) => {
    if (args.length > 0) {
      throw new Problem(
        'bad-arguments',
        `start takes no arguments, but was given "${args.join(' ')}"`,
        'to explore what you name, write qomcheck run',
      );
    }
    return show(title, await select([subject]), terminal, colorOf(values, terminal));
  },
});
