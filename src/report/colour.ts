/** Paints text for a terminal, or leaves it as it is. @internal */
export interface Palette {
  readonly strong: (text: string) => string;
  readonly failing: (text: string) => string;
  readonly preempting: (text: string) => string;
  readonly faint: (text: string) => string;
}

const same = (text: string): string => text;

function sgr(on: number, off: number): (text: string) => string {
  return (text) => (text === '' ? '' : `\u001b[${on}m${text}\u001b[${off}m`);
}

const plain: Palette = { strong: same, failing: same, preempting: same, faint: same };

const coloured: Palette = {
  strong: sgr(1, 22),
  failing: sgr(31, 39),
  preempting: sgr(33, 39),
  faint: sgr(2, 22),
};

/** The palette for a report. Colour repeats what the text says: nothing is told by colour alone. @internal */
export function palette(color: boolean | undefined): Palette {
  return color === true ? coloured : plain;
}
