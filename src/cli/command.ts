import { commandHelp } from './args/help.js';
import { flag, type Options, type Values } from './args/option.js';
import { parse } from './args/parse.js';
import { type ExitCode, exitCodes } from './exit.js';
import type { Terminal } from './terminal.js';

/** A command with everything that help says about it. Adding one is adding a file to commands/ and naming it in its index. */
export interface Command {
  readonly name: string;
  /** The arguments: `<scenario> <token>`. */
  readonly usage: string;
  /** One line without a full stop. */
  readonly summary: string;
  /** Paragraphs. */
  readonly details: readonly string[];
  readonly options: Options;
  /** Command lines with what they do. */
  readonly examples: readonly (readonly [command: string, does: string])[];
  /** Reads the arguments and does the work. */
  readonly main: (args: readonly string[], terminal: Terminal) => Promise<ExitCode>;
}

/** What a command is made of: as {@link Command}, with typed options. */
export interface CommandParts<O extends Options> extends Omit<Command, 'main' | 'options'> {
  readonly options: O;
  readonly run: (
    values: Values<O>,
    positionals: readonly string[],
    terminal: Terminal,
  ) => Promise<ExitCode> | ExitCode;
}

/** Makes a command: reads its options, and answers `--help`. */
export function command<O extends Options>(parts: CommandParts<O>): Command {
  const made: Command = {
    ...parts,
    main: async (args, terminal) => {
      const { values, positionals } = parse({ ...parts.options, help, h: help }, args);
      if (values.help === true || values.h === true) {
        terminal.out(commandHelp(made));
        return exitCodes.held;
      }
      return parts.run(values, positionals, terminal);
    },
  };
  return made;
}

const help = flag('Show this help');
