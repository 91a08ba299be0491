import type { DesignRow, Family, HazardColumn } from '../../../scenarios/entry.js';
import type { Cell } from './cell.js';

/** A family whose scenarios were explored. */
export interface Explored {
  readonly family: Family;
  readonly cells: readonly Cell[];
}

/** A row or a column of a table. */
export interface Line {
  /** Unlike that of any other. */
  readonly key: string;
  /** `G9 singleton`, or the name of a hazard. */
  readonly title: string;
  /** A sentence. */
  readonly about: string;
  /** Of a design who argued for it, of a bug the commit that mended it. */
  readonly by?: string;
  /** Where that can be read. */
  readonly where?: string;
}

/** The rows and columns of a family's table, in order of appearance. */
export interface Layout {
  readonly rows: readonly Line[];
  readonly columns: readonly Line[];
  readonly cellAt: (row: Line, column: Line) => Cell | undefined;
  /** The letter of a column. */
  readonly letterOf: (column: Line) => string;
}

/** The line of a design. */
export function designLine({ id, name, summary, who, where }: DesignRow): Line {
  const title = id === name ? name : `${id} ${name}`;
  return { key: id, title, about: summary, by: who, where };
}

function hazardLine({ name, description }: HazardColumn): Line {
  return { key: name, title: name, about: description };
}

/** Lays a family out. */
export function layoutOf({ family, cells }: Explored): Layout {
  const design = ({ entry }: Cell): Line => designLine(entry.design);
  const hazard = ({ entry }: Cell): Line => hazardLine(entry.hazard);
  // Where hazards are rows, each is a story with a source of its own.
  const bug = (cell: Cell): Line => ({ ...hazard(cell), by: cell.entry.scenario.source });
  const [rowOf, columnOf] = family.rows === 'hazards' ? [bug, design] : [design, hazard];
  const places = new Map(
    cells.map((cell) => [JSON.stringify([rowOf(cell).key, columnOf(cell).key]), cell]),
  );
  const columns = distinct(cells.map(columnOf));
  return {
    rows: distinct(cells.map(rowOf)),
    columns,
    cellAt: (row, column) => places.get(JSON.stringify([row.key, column.key])),
    letterOf: ({ key }) => letters(columns.findIndex((each) => each.key === key)),
  };
}

/** `a` to `z`, then `aa`. */
function letters(index: number): string {
  const letter = String.fromCharCode('a'.charCodeAt(0) + (index % 26));
  return index < 26 ? letter : letters(Math.floor(index / 26) - 1) + letter;
}

function distinct(lines: readonly Line[]): Line[] {
  return [...new Map(lines.map((line) => [line.key, line])).values()];
}

/** Groups by a key, both in order of appearance. */
export function groupBy<K, V>(values: Iterable<V>, keyOf: (value: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}
