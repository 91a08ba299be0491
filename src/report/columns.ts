import { ascii } from './ascii.js';
import type { Palette } from './colour.js';
import { type Gutter, gapRow, stepLines } from './line.js';
import type { Locations } from './locations.js';
import type { Note, Row, StepRow } from './rows.js';
import { shorten, wrap } from './wrap.js';

/** Where each column begins, behind the gutter, and how much room there is for all of them. @internal */
export interface ColumnLayout {
  readonly starts: readonly number[];
  readonly width: number;
}

const between = 2;
/** Columns stand at least so far apart; a step's text may reach over the columns to its right. */
const leastStride = 5;
/** The last column has at least so much room. */
const leastLast = 28;

/** The room that a step would like; its mark may reach over the columns to the right, if there are any. */
function textWidth(row: StepRow, isLast: boolean): number {
  const arrow = row.mark === '' || !isLast ? 0 : row.mark.length + 6;
  const notes = row.notes === '' ? 0 : Math.min(row.notes.length + 2, 40);
  return Math.max(row.text.length + arrow, notes);
}

/** The room that each thread's column would like. */
function wishes(threads: readonly string[], rows: readonly Row[]): number[] {
  return threads.map((thread, i) => {
    const texts = rows.map((row) =>
      row.type === 'step' && row.thread === thread ? textWidth(row, i === threads.length - 1) : 0,
    );
    return Math.max(ascii(thread).length, ...texts);
  });
}

function startsOf(strides: readonly number[]): number[] {
  let at = 0;
  return strides.map((stride) => {
    const start = at;
    at += stride;
    return start;
  });
}

/** Columns that hold every text of their thread; undefined when they are together wider than `width`. @internal */
export function wideLayout(
  threads: readonly string[],
  rows: readonly Row[],
  width: number,
): ColumnLayout | undefined {
  const wished = wishes(threads, rows);
  const total = wished.reduce((sum, each) => sum + each + between, -between);
  if (total > width) return undefined;
  return { starts: startsOf(wished.map((each) => each + between)), width: total };
}

/** Narrow columns whose texts reach over the next ones; undefined when there are too many threads even for that. @internal */
export function narrowLayout(
  threads: readonly string[],
  rows: readonly Row[],
  width: number,
): ColumnLayout | undefined {
  const others = threads.length - 1;
  if (others * leastStride + leastLast > width) return undefined;
  const wished = wishes(threads, rows);
  const most = width - others * leastStride;
  const last = Math.min(most, Math.max(leastLast, Math.min(wished[others] ?? 0, width >> 1)));
  const preferred = wished.slice(0, -1).map((each) => Math.max(leastStride, each + between));
  // The widest cap on all strides with which everything fits.
  let cap = leastStride;
  const total = (limit: number): number =>
    preferred.reduce((sum, each) => sum + Math.min(each, limit), last);
  while (cap < width && total(cap + 1) <= width) cap++;
  return { starts: startsOf([...preferred.map((each) => Math.min(each, cap)), last]), width };
}

/** An execution with one column for each thread. @internal */
export class Columns {
  private readonly threads: readonly string[];
  private readonly layout: ColumnLayout;
  private readonly gutter: Gutter;
  private readonly locations: Locations;
  private readonly paint: Palette;
  /** The room behind the gutter, places in the source included. */
  private readonly reach: number;

  constructor(
    threads: readonly string[],
    layout: ColumnLayout,
    gutter: Gutter,
    locations: Locations,
    paint: Palette,
  ) {
    this.threads = threads;
    this.layout = layout;
    this.gutter = gutter;
    this.locations = locations;
    this.paint = paint;
    this.reach = layout.width + (locations.width === 0 ? 0 : locations.width + between);
  }

  /** The names of the threads above their columns: on one line, or as stairs when the columns are narrow. */
  header(): string[] {
    const { starts, width } = this.layout;
    const names = this.threads.map((thread, i) =>
      shorten(ascii(thread), width - (starts[i] as number)),
    );
    const fits = names.every((name, i) => {
      const end = starts[i + 1] ?? Infinity;
      return (starts[i] as number) + name.length + between <= end;
    });
    const indent = this.gutter.blank();
    if (fits) {
      const line = names.reduce((text, name, i) => text.padEnd(starts[i] as number) + name, '');
      return [indent + this.paint.strong(line)];
    }
    return names.map(
      (name, i) => indent + this.paint.faint(this.lifelines(0, i)) + this.paint.strong(name),
    );
  }

  row(row: Row): string[] {
    if (row.type === 'gap') {
      const lines = gapRow(row, this.reach, this.gutter, this.paint);
      return [...lines, ...row.notes.flatMap((note) => this.note(note))];
    }
    const column = this.threads.indexOf(row.thread);
    const start = this.layout.starts[column] as number;
    const place = this.locations.shown(row.location);
    return stepLines(row, this.layout.width - start, this.paint).map((piece, i) => {
      const gutter = i === 0 ? this.gutter.step(row) : this.gutter.blank();
      const before = this.paint.faint(this.lifelines(0, column));
      const after = this.lifelinesAfter(start + piece.text.length);
      const end = start + piece.text.length + after.length;
      const at = i === 0 && place !== '' ? ' '.repeat(this.layout.width + 2 - end) + place : '';
      return gutter + before + piece.paint(piece.text) + this.paint.faint(after + at);
    });
  }

  /** A note at a step that is left out, in the column of its thread. */
  private note({ thread, text }: Note): string[] {
    const column = this.threads.indexOf(thread);
    const start = this.layout.starts[column] as number;
    const before = this.gutter.blank() + this.lifelines(0, column);
    return wrap(`# ${text}`, this.layout.width - start, '  ').map((line) =>
      this.paint.faint(before + line + this.lifelinesAfter(start + line.length)),
    );
  }

  /** The lines of the columns from `from` up to the start of column `to`. */
  private lifelines(from: number, to: number): string {
    const { starts } = this.layout;
    let text = '';
    for (let i = from; i < to; i++)
      text += '|'.padEnd((starts[i + 1] as number) - (starts[i] as number));
    return text;
  }

  /** The lines of the columns that begin behind a text. */
  private lifelinesAfter(end: number): string {
    const { starts } = this.layout;
    let text = '';
    for (const start of starts) {
      if (start > end) text = `${text.padEnd(start - end)}|`;
    }
    return text;
  }
}
