import type { Command } from '../command.js';
import type { Options } from './option.js';

const widest = 100;

/** Rows of two columns, the second wrapped. */
export function rows(entries: readonly (readonly [left: string, right: string])[]): string {
  const left = Math.max(...entries.map(([name]) => name.length));
  const room = widest - left - 4;
  return entries
    .flatMap(([name, text]) =>
      fill(text, room).map((line, i) => `  ${(i === 0 ? name : '').padEnd(left)}  ${line}`),
    )
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

/** Breaks a text into lines at blanks. */
export function fill(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

function optionRows(options: Options): [string, string][] {
  return Object.entries(options).map(([name, option]) => [
    [`--${name}`, placeholderOf(option)].join(' ').trimEnd(),
    option.summary,
  ]);
}

function placeholderOf(option: Options[string]): string {
  if (option.read === undefined) return '';
  return option.otherwise === undefined ? option.placeholder : `[${option.placeholder}]`;
}

function exampleRows(examples: Command['examples']): string {
  return examples.map(([line, does]) => `  ${line}\n      ${does}\n`).join('');
}

/** The help of one command. */
export function commandHelp(command: Command): string {
  const { name, usage, summary, details, options, examples } = command;
  const parts = [
    `Usage: qomcheck ${name}${usage === '' ? '' : ` ${usage}`}\n`,
    `${fill(`${summary}.`, widest).join('\n')}\n`,
    ...details.map((paragraph) => `${fill(paragraph, widest).join('\n')}\n`),
    `Options:\n${rows([...optionRows(options), ['--help', 'Show this help']])}`,
    `Examples:\n${exampleRows(examples)}`,
  ];
  return parts.join('\n');
}

/** The help of the whole program. */
export function programHelp(commands: readonly Command[]): string {
  const parts = [
    'Usage: qomcheck <command> [arguments]\n',
    'Explores the interleavings of small concurrent programs, and replays those that fail.\n',
    `Commands:\n${rows(commands.map(({ name, summary }) => [name, summary]))}`,
    `Options:\n${rows([
      ['--help', 'Show this help; each command has its own: qomcheck run --help'],
      ['--version', 'Show the version'],
    ])}`,
    `Examples:\n${exampleRows(commands.flatMap(({ examples }) => examples.slice(0, 1)))}`,
    `Exit codes:\n${rows([
      ['0', 'everything held, or a randomised search found nothing'],
      ['1', 'a property was violated, or a claim differs from what was found'],
      ['2', 'the command line, a scenario or a file is written wrongly'],
      ['3', 'inconclusive: an exhaustive search reached its budget first'],
      ['70', 'a mistake in qomcheck itself'],
      ['130', 'interrupted; what was found so far is still printed'],
    ])}`,
    `Environment:\n${rows([
      ['NO_COLOR, FORCE_COLOR', 'whether to colour the output, unless an option says so'],
      ['QOMCHECK_DEBUG, DEBUG', 'show the stack of errors'],
    ])}`,
  ];
  return parts.join('\n');
}
