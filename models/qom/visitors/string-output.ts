import type { Name, Visitor } from './visitor.js';

/**
 * Values as text, as the human monitor and `-device help` show them: lists of integers with ranges where elements follow each other.
 *
 * Upstream: qapi/string-output-visitor.c, not its form for human readers. It has no structures: what is inside of one is left out.
 */
export class StringOutput implements Visitor {
  readonly direction = 'output';
  private written = '';
  private list: number[] | undefined;
  private depth = 0;

  /** What was visited. */
  get text(): string {
    return this.written;
  }

  bool(_name: Name, value: boolean): boolean {
    return this.write(value ? 'true' : 'false', value);
  }

  int64(_name: Name, value: number): number {
    this.list?.push(value);
    return this.write(String(value), value);
  }

  uint64(name: Name, value: number): number {
    return this.int64(name, value);
  }

  size(_name: Name, value: number): number {
    return this.write(String(value), value);
  }

  str(_name: Name, value: string): string {
    return this.write(value, value);
  }

  startStruct(): undefined {
    this.depth++;
    return undefined;
  }

  checkStruct(): undefined {
    return undefined;
  }

  endStruct(): void {
    this.depth--;
    this.written = '<omitted>';
  }

  startList(): undefined {
    this.list = [];
    return undefined;
  }

  nextElement(more: boolean): boolean {
    return more;
  }

  endList(): void {
    this.written = ranges([...new Set(this.list)].sort((a, b) => a - b));
    this.list = undefined;
  }

  optional(_name: string, present: boolean): boolean {
    return present;
  }

  private write<T>(text: string, value: T): T {
    if (this.depth === 0 && this.list === undefined) this.written = text;
    return value;
  }
}

/** Integers in order, those without a gap as one range. */
function ranges(values: readonly number[]): string {
  const found: [number, number][] = [];
  for (const value of values) {
    const last = found.at(-1);
    if (last?.[1] === value - 1) last[1] = value;
    else found.push([value, value]);
  }
  return found.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(',');
}
