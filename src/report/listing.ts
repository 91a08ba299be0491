import { ascii } from './ascii.js';
import type { Palette } from './colour.js';
import { type Gutter, gapRow, stepLines } from './line.js';
import type { Locations } from './locations.js';
import type { Note, Row } from './rows.js';
import { wrap } from './wrap.js';

/** Thread names are padded to at most this width. */
const mostPadding = 24;

/** An execution as lines `step  thread: operation`, which fits any number of threads. @internal */
export class Listing {
  private readonly padding: number;
  private readonly width: number;
  private readonly gutter: Gutter;
  private readonly locations: Locations;
  private readonly paint: Palette;

  /** @param width - the room behind the gutter, places in the source left out */
  constructor(
    threads: readonly string[],
    width: number,
    gutter: Gutter,
    locations: Locations,
    paint: Palette,
  ) {
    const longest = Math.max(...threads.map((thread) => ascii(thread).length));
    this.padding = Math.min(longest, mostPadding) + 2;
    this.width = width;
    this.gutter = gutter;
    this.locations = locations;
    this.paint = paint;
  }

  row(row: Row): string[] {
    if (row.type === 'gap') {
      const lines = gapRow(row, this.width, this.gutter, this.paint);
      return [...lines, ...row.notes.flatMap((note) => this.note(note))];
    }
    const name = `${ascii(row.thread)}:`.padEnd(this.padding - 1);
    const place = this.locations.shown(row.location);
    const named = { ...row, text: `${name} ${row.text}` };
    return stepLines(named, this.width, this.paint).map((piece, i) => {
      const gutter = i === 0 ? this.gutter.step(row) : this.gutter.blank();
      const space = this.width + 2 - piece.text.length;
      const at = i === 0 && place !== '' ? ' '.repeat(space) + this.paint.faint(place) : '';
      return gutter + piece.paint(piece.text) + at;
    });
  }

  /** A note at a step that is left out. */
  private note({ thread, text }: Note): string[] {
    const lines = wrap(`${ascii(thread)}: # ${text}`, this.width, '    ');
    return lines.map((line) => this.paint.faint(this.gutter.blank() + line));
  }
}
