import { oneLine } from '../../report/ascii.js';
import { flag } from '../args/option.js';
import { select } from '../catalogue/select.js';
import { type Command, command } from '../command.js';
import { exitCodes } from '../exit.js';

const options = {
  json: flag('Print one JSON document instead'),
};

/** `qomcheck list` */
export const list: Command = command({
  name: 'list',
  usage: '[pattern or file...]',
  summary: 'List scenarios, with one line each',
  details: [
    'A pattern is a name, a part of names, or a glob: * stands for any text, slashes included, so ' +
      "that 'migration/*' also means the scenarios in deeper folders; ? is one character, {a,b} " +
      'either. An argument that is a file, or ends in .ts, .js, .mts or .mjs, is a scenario file ' +
      'of your own.',
  ],
  options,
  examples: [
    ['qomcheck list', 'All scenarios of the package'],
    ["qomcheck list 'migration/*'", 'Those about migration, at every depth'],
    ['qomcheck list counter.ts', 'The scenarios that a file of your own exports'],
  ],
  run: async ({ json = false }, args, terminal) => {
    const found = await select(args);
    if (json) {
      const scenarios = found.map(({ scenario, claim = null, difference = null }) => {
        const { name, description, source } = scenario;
        return { name, claim, difference, description, source };
      });
      terminal.out(`${JSON.stringify({ schemaVersion: 1, scenarios }, null, 2)}\n`);
      return exitCodes.held;
    }
    const lines = found.map(({ scenario: { name, description } }) => ({
      name: oneLine(name),
      description: oneLine(description),
    }));
    const longest = Math.max(0, ...lines.map(({ name }) => name.length));
    for (const { name, description } of lines) {
      const line = `${name.padEnd(longest)}  ${description}`.trimEnd();
      terminal.out(`${cut(line, terminal.columns)}\n`);
    }
    return exitCodes.held;
  },
});

/** One line stays one line in a terminal; elsewhere it is whole. */
function cut(line: string, width = Infinity): string {
  return line.length <= width ? line : `${line.slice(0, width - 3)}...`;
}
