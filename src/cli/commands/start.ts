import { type Command, command } from '../command.js';
import { exitCodes } from '../exit.js';

/** `qomcheck start`, which is `npm start`. */
export const start: Command = command({
  name: 'start',
  usage: '',
  summary: 'Show what the migration scenarios find, with one counter-example',
  details: [],
  options: {},
  examples: [['qomcheck start', 'The same as npm start']],
  run: () => exitCodes.held,
});
