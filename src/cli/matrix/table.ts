import { toneOf } from '../output/verdict-line.js';
import type { Paint } from '../terminal.js';
import { type Cell, codeOf, markOf } from './cell.js';
import type { Layout, Line } from './layout.js';

/** Space between columns where there is room for it. */
const widestGap = 3;

/** The verdicts as a table: columns have letters, or where these fit their names; more than fit go below. */
export function tableLines(layout: Layout, width: number, paint: Paint): string[] {
  const rowWidth = Math.max(0, ...layout.rows.map(({ title }) => title.length));
  const heading = headingOf(layout, width);
  const columns = layout.columns.map((column) => ({
    column,
    width: Math.max(
      heading(column).length,
      ...layout.rows.map((row) => textOf(layout.cellAt(row, column)).length),
    ),
  }));
  const blocks: (typeof columns)[] = [[]];
  let used = rowWidth;
  for (const each of columns) {
    if (used + 1 + each.width > width && blocks.at(-1)?.length !== 0) {
      blocks.push([]);
      used = rowWidth;
    }
    blocks.at(-1)?.push(each);
    used += 1 + each.width;
  }
  return blocks.flatMap((block, i) => [...(i === 0 ? [] : ['']), ...blockLines(block)]);

  function blockLines(block: typeof columns): string[] {
    const total = block.reduce((sum, each) => sum + each.width, rowWidth);
    const room = Math.floor((width - total) / Math.max(1, block.length));
    const gap = ' '.repeat(Math.max(1, Math.min(widestGap, room)));
    const line = (title: string, text: (column: Line) => readonly [string, string]): string => {
      const cells = block.map((each) => {
        const [plain, painted] = text(each.column);
        return painted + ' '.repeat(each.width - plain.length);
      });
      return [title.padEnd(rowWidth), ...cells].join(gap).trimEnd();
    };
    return [
      line('', (column) => [heading(column), paint('strong', heading(column))]),
      ...layout.rows.map((row) =>
        line(row.title, (column) => {
          const cell = layout.cellAt(row, column);
          const text = textOf(cell);
          const tone = cell === undefined ? 'faint' : toneOf({ selected: {}, ...cell });
          return [text, paint(tone, text)];
        }),
      ),
    ];
  }
}

/** Columns go by their names where these are few and short, else by letters. */
export function headingOf(layout: Layout, width: number): (column: Line) => string {
  const rowWidth = Math.max(0, ...layout.rows.map(({ title }) => title.length));
  const names = layout.columns.reduce((sum, { title }) => sum + 1 + title.length, 0);
  return rowWidth + names <= width ? ({ title }) => title : layout.letterOf;
}

function textOf(cell: Cell | undefined): string {
  return cell === undefined ? '-' : codeOf(cell) + markOf(cell);
}
