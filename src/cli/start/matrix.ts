import { toneOf } from '../output/verdict-line.js';
import type { Result } from '../result.js';
import type { Paint } from '../terminal.js';
import { codeOf, markOf } from './cell.js';
import { groupBy, lettersOf, placeOf } from './names.js';

/** Space between columns where there is room for it. */
const widestGap = 3;

/** The verdicts as a table: a row for each design, a column for each hazard, which has a letter. */
export function matrix(results: readonly Result[], width: number, paint: Paint): string[] {
  const letters = lettersOf(results);
  const rows = groupBy(results, (result) => placeOf(result).design);
  const byHazard = groupBy(results, (result) => placeOf(result).hazard);
  const nameWidth = Math.max(...[...rows.keys()].map(({ length }) => length));
  const widths = new Map(
    [...byHazard].map(([hazard, some]) => [
      hazard,
      Math.max(...some.map((result) => textOf(result).length)),
    ]),
  );
  const used = [...widths.values()].reduce((sum, each) => sum + each, nameWidth);
  const room = Math.floor((width - used) / Math.max(1, widths.size));
  const gap = ' '.repeat(Math.max(1, Math.min(widestGap, room)));
  const line = (name: string, cellOf: (hazard: string) => [text: string, painted: string]) => {
    const cells = [...widths].map(([hazard, columns]) => {
      const [text, painted] = cellOf(hazard);
      return painted + ' '.repeat(columns - text.length);
    });
    return [name.padEnd(nameWidth), ...cells].join(gap).trimEnd();
  };
  const title = line('', (hazard) => {
    const letter = letters.get(hazard) ?? '';
    return [letter, paint('strong', letter)];
  });
  const lines = [...rows].map(([design, row]) =>
    line(design, (hazard) => {
      const result = row.find((each) => placeOf(each).hazard === hazard);
      if (result === undefined) return ['-', paint('faint', '-')];
      return [textOf(result), paint(toneOf(result), textOf(result))];
    }),
  );
  return [title, ...lines];
}

function textOf(result: Result): string {
  return codeOf(result) + markOf(result);
}
