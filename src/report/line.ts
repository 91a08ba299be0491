import { ascii } from './ascii.js';
import type { Palette } from './colour.js';
import { count, grouped } from './numbers.js';
import type { GapRow, Row, StepRow } from './rows.js';
import { wrap } from './wrap.js';

/** The left margin of every line: marker, number of the step, preemption. @internal */
export class Gutter {
  readonly width: number;
  private readonly digits: number;
  private readonly paint: Palette;

  constructor(rows: readonly Row[], paint: Palette) {
    const last = rows.reduce((most, row) => (row.type === 'step' ? row.index : most), 0);
    this.digits = Math.max(3, String(last).length);
    this.width = this.digits + 6;
    this.paint = paint;
  }

  /** `>>  12*  ` */
  step(row: StepRow): string {
    const mark = row.mark === '' ? '  ' : '>>';
    const number = String(row.index).padStart(this.digits);
    const star = row.preempts ? '*' : ' ';
    return `${this.paint.failing(mark)} ${number}${this.paint.preempting(star)}  `;
  }

  /** `>> end   ` */
  end(text: string): string {
    return `${this.paint.failing('>>')} ${text.padStart(this.digits)}   `;
  }

  /** `   ...   ` */
  gap(): string {
    return `   ${'...'.padStart(this.digits)}   `;
  }

  blank(): string {
    return ' '.repeat(this.width);
  }
}

/** A piece of text and how it is painted, so that its length can be taken without the paint. @internal */
export interface Piece {
  readonly text: string;
  readonly paint: (text: string) => string;
}

/** The text of a step with its mark and notes, in lines of at most `width`. @internal */
export function stepLines(row: StepRow, width: number, paint: Palette): Piece[] {
  const arrow = row.mark === '' ? '' : `<-- ${row.mark}`;
  const lines = wrap(row.text, width, '    ');
  const last = lines[lines.length - 1] as string;
  if (arrow !== '' && last.length + 2 + arrow.length <= width) {
    lines[lines.length - 1] = `${last}  ${arrow}`;
  } else if (arrow !== '') lines.push(...wrap(arrow, width, '    '));
  const color = row.mark === '' ? (text: string): string => text : paint.failing;
  const notes = row.notes === '' ? [] : wrap(`# ${row.notes}`, width, '  ');
  return [
    ...lines.map((text) => ({ text, paint: color })),
    ...notes.map((text) => ({ text, paint: paint.faint })),
  ];
}

function gapLines(row: GapRow, width: number): string[] {
  const by = row.threads.map(([thread, steps]) => `${ascii(thread)} ${grouped(steps)}`);
  const among = row.preemptions === 0 ? '' : `, ${count(row.preemptions, 'preemption')} among them`;
  return wrap(`${count(row.steps, 'step')} left out${among}: ${by.join(', ')}`, width, '  ');
}

/** What stands for steps left out, in lines of at most `width` behind the gutter. @internal */
export function gapRow(row: GapRow, width: number, gutter: Gutter, paint: Palette): string[] {
  return gapLines(row, width).map((line, i) => {
    const margin = i === 0 ? gutter.gap() : gutter.blank();
    return margin + paint.faint(line);
  });
}
