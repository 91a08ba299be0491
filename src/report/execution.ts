import type { Event } from '../engine/recorder.js';
import type { Violation } from '../replay/violation.js';
import { ascii } from './ascii.js';
import { type Palette, palette } from './colour.js';
import { Columns, narrowLayout, wideLayout } from './columns.js';
import { keptSteps } from './elide.js';
import { Gutter } from './line.js';
import { Listing } from './listing.js';
import { fullLocations, shortLocations } from './locations.js';
import { type Row, rowsOf, threadsOf } from './rows.js';
import { endText, markOf } from './violation-mark.js';
import { wrap } from './wrap.js';

/** How an execution is printed. @internal */
export interface ExecutionOptions {
  /** Columns of the terminal or mail (default 100, at least 60). */
  readonly width?: number | undefined;
  /** Whether to use the colours of a terminal besides the marks (default false). */
  readonly color?: boolean | undefined;
  /** What the execution ended in. */
  readonly violation?: Violation | undefined;
  /** Whether every step is shown, however many there are (default false). */
  readonly whole?: boolean | undefined;
}

/** The width that a report has, given the one that was asked for. @internal */
export function widthOf(options: { readonly width?: number | undefined }): number {
  return Math.max(60, options.width ?? 100);
}

interface Printer {
  row(row: Row): string[];
  header?(): string[];
}

function choosePrinter(
  threads: readonly string[],
  rows: readonly Row[],
  gutter: Gutter,
  width: number,
  paint: Palette,
): [printer: Printer, legend: readonly string[]] {
  const places = rows.flatMap((row) => (row.type === 'step' ? [row.location] : []));
  const full = fullLocations(places);
  const short = shortLocations(places, width);
  const room = (locations: typeof full): number =>
    width - gutter.width - (locations.width === 0 ? 0 : locations.width + 2);
  const layouts = [
    [wideLayout, full],
    [wideLayout, short],
    [narrowLayout, short],
  ] as const;
  for (const [layOut, locations] of layouts) {
    const layout = layOut(threads, rows, room(locations));
    if (layout !== undefined) {
      return [new Columns(threads, layout, gutter, locations, paint), locations.legend];
    }
  }
  return [new Listing(threads, room(short), gutter, short, paint), short.legend];
}

/**
 * The steps of an execution in time order: a column for each thread, or where there are too many threads a line for each step.
 *
 * @internal
 */
export function renderExecution(events: readonly Event[], options: ExecutionOptions = {}): string {
  const { violation } = options;
  const width = widthOf(options);
  const paint = palette(options.color);
  const kept = options.whole === true ? events.map(() => true) : keptSteps(events, violation);
  const mark = violation === undefined ? '' : ascii(markOf(violation, events));
  const rows = rowsOf(events, kept, mark);
  const gutter = new Gutter(rows, paint);
  const lines: string[] = [];
  let legend: readonly string[] = [];
  if (rows.length === 0) lines.push(`${gutter.blank()}(no steps)`);
  else {
    const [printer, explained] = choosePrinter(threadsOf(events), rows, gutter, width, paint);
    lines.push(...(printer.header?.() ?? []), ...rows.flatMap((row) => printer.row(row)));
    legend = explained;
  }
  if (violation !== undefined && mark === '') {
    const where = gutter.end(events.length === 0 ? 'start' : 'end');
    lines.push(where + paint.failing(`<-- ${endText(violation)}`));
  }
  if (legend.length > 0) lines.push('', ...legend.flatMap((line) => wrap(line, width)));
  return lines.map((line) => line.trimEnd()).join('\n');
}
