import { styleText } from 'node:util';

/** What a command sees of the process: where text goes, what it looks like there, and whether to stop. */
export interface Terminal {
  /** Results. */
  out(text: string): void;
  /** Logs and problems. */
  log(text: string): void;
  /** One line about what is going on, which the next output replaces; goes nowhere unless a person looks at it. */
  progress(line: string): void;
  readonly outIsTerminal: boolean;
  /** Columns of the terminal; undefined when it is none. */
  readonly columns: number | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How the command was started, as a person would type it again: `npx qomcheck`. */
  readonly self: string;
  /** Whether the user asked to stop; what was found so far is still printed. */
  interrupted(): boolean;
}

/** Reports are made for mails and code review: never wider than this. */
const widest = 100;
const narrowest = 60;

/** The columns that texts should keep to. */
export function widthOf(terminal: Terminal): number {
  return Math.max(narrowest, Math.min(terminal.columns ?? widest, widest));
}

/** Whether to use colour: an option decides, then FORCE_COLOR, NO_COLOR, and whether the output is a terminal. */
export function wantsColor(terminal: Terminal, option: boolean | undefined): boolean {
  if (option !== undefined) return option;
  const { FORCE_COLOR: force, NO_COLOR: no, TERM: term } = terminal.env;
  if (force !== undefined) return force !== '0' && force !== 'false';
  if (no !== undefined && no !== '') return false;
  return terminal.outIsTerminal && term !== 'dumb';
}

/** How a piece of text is meant; colour repeats what the words say. */
export type Tone = 'good' | 'bad' | 'unsure' | 'strong' | 'faint';

const styles = {
  good: 'green',
  bad: 'red',
  unsure: 'yellow',
  strong: 'bold',
  faint: 'dim',
} as const;

/** Paints text, or leaves it as it is. */
export type Paint = (tone: Tone, text: string) => string;

/** The paint for a terminal that shows colour, or does not. */
export function paintFor(color: boolean): Paint {
  return color
    ? (tone, text) => styleText(styles[tone], text, { validateStream: false })
    : (_tone, text) => text;
}
