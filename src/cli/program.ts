import { UsageError } from '../engine/errors.js';
import { fill, programHelp } from './args/help.js';
import { nearest } from './args/nearest.js';
import { commands } from './commands/index.js';
import { type ExitCode, exitCodes } from './exit.js';
import { version } from './package.js';
import { Problem, reasonOf } from './problem.js';
import { type Terminal, widthOf } from './terminal.js';

/** Runs one command line and shows what went wrong with it; never throws. */
export async function program(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    return await dispatch(args, terminal);
  } catch (error) {
    return explain(error, terminal);
  }
}

async function dispatch(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === 'help' && rest.length > 0) return dispatch([...rest, '--help'], terminal);
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    terminal.out(programHelp(commands));
    return exitCodes.held;
  }
  if (name === '--version' || name === '-v') {
    terminal.out(`${version}\n`);
    return exitCodes.held;
  }
  const found = commands.find((command) => command.name === name);
  if (found !== undefined) return found.main(rest, terminal);
  const names = commands.map((command) => command.name);
  const meant = nearest(name, names);
  const hint =
    meant === undefined ? `the commands are ${names.join(', ')}` : `did you mean ${meant}?`;
  if (name.startsWith('-')) {
    throw new Problem('unknown-option', `expected a command before ${name}`, hint);
  }
  throw new Problem('unknown-command', `there is no command "${name}"`, hint);
}

/** Puts an error into words for the user and finds its exit code. */
export function explain(error: unknown, terminal: Terminal): ExitCode {
  const debug = [terminal.env['QOMCHECK_DEBUG'], terminal.env['DEBUG']].some(
    (text) => text !== undefined && text !== '',
  );
  const stack = debug && error instanceof Error ? `${error.stack ?? ''}\n` : '';
  if (error instanceof Problem) {
    const lines = error.hint === undefined ? [] : fill(error.hint, widthOf(terminal) - 2);
    const hint = lines.map((line) => `  ${line}\n`).join('');
    terminal.log(`qomcheck: ${error.message}\n${hint}${stack}`);
    return exitCodes.usage;
  }
  if (error instanceof UsageError) {
    terminal.log(`qomcheck: ${error.message}\n${stack}`);
    return exitCodes.usage;
  }
  terminal.log(
    `qomcheck: internal error: ${reasonOf(error)}; please report it with this command line, ` +
      `the scenario and the output under QOMCHECK_DEBUG=1\n${stack}`,
  );
  return exitCodes.internal;
}
