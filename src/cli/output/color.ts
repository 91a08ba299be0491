import { type Terminal, wantsColor } from '../terminal.js';

/** The values of the options `--color` and `--no-color`. */
export interface ColorValues {
  readonly color?: true;
  readonly 'no-color'?: true;
}

/** Whether the output of a command is coloured. */
export function colorOf(values: ColorValues, terminal: Terminal): boolean {
  return wantsColor(terminal, values['no-color'] === true ? false : values.color);
}
