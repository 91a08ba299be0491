import { invalidValue, missing, QemuError } from '../error.js';
import { fits, parseBool, parseInteger, parseRange, parseSize } from './parse.js';
import type { Name, Visited, Visitor } from './visitor.js';

/** One `name=value` of a command line; a name may come several times. */
export type Option = readonly [name: string, value: string];

/**
 * A group of options of the command line, one structure deep. A scalar is the last option of its name; a list is all of them, in
 * which integers may be ranges.
 *
 * Upstream: qapi/opts-visitor.c.
 */
export class OptsInput implements Visitor {
  readonly direction = 'input';
  private readonly unprocessed: Map<string, string[]>;
  private depth = 0;
  /** Within a list: the values that are not visited yet. */
  private list: { readonly name: string; readonly left: string[] } | undefined;
  private range: number[] = [];

  constructor(options: readonly Option[]) {
    this.unprocessed = new Map();
    for (const [name, value] of options) {
      this.unprocessed.set(name, [...(this.unprocessed.get(name) ?? []), value]);
    }
  }

  bool(name: Name): Visited<boolean> {
    return this.scalar(name, parseBool, "'on' or 'off'");
  }

  int64(name: Name): Visited<number> {
    return this.integer(name, true, 'an int64 value');
  }

  uint64(name: Name): Visited<number> {
    return this.integer(name, false, 'a uint64 value');
  }

  size(name: Name): Visited<number> {
    return this.scalar(name, parseSize, 'a size value');
  }

  str(name: Name): Visited<string> {
    return this.scalar(name, (text) => text, 'a string');
  }

  startStruct(): undefined {
    this.depth++;
    return undefined;
  }

  checkStruct(): QemuError | undefined {
    const [left] = this.unprocessed.keys();
    if (this.depth > 1 || left === undefined) return undefined;
    return new QemuError(`Invalid parameter '${left}'`);
  }

  endStruct(): void {
    this.depth--;
  }

  startList(name: Name): QemuError | undefined {
    const found = this.unprocessed.get(name ?? '');
    if (found === undefined) return missing(name ?? '');
    this.list = { name: name ?? '', left: [...found] };
    return undefined;
  }

  nextElement(): boolean {
    return this.range.length > 0 || (this.list?.left.length ?? 0) > 0;
  }

  endList(): void {
    this.unprocessed.delete(this.list?.name ?? '');
    this.list = undefined;
    this.range = [];
  }

  optional(name: string): boolean {
    return this.unprocessed.has(name);
  }

  private integer(name: Name, signed: boolean, what: string): Visited<number> {
    if (this.list === undefined) {
      const parse = (text: string) => {
        const parsed = parseInteger(text);
        const whole = parsed?.rest === '' && fits(parsed.value, 64, signed);
        return whole ? Number(parsed.value) : undefined;
      };
      return this.scalar(name, parse, what);
    }
    if (this.range.length === 0) {
      const range = parseRange(this.list.left.shift() ?? '', signed);
      if (range === undefined) return invalidValue(this.list.name, `${what} or range`);
      this.range = [...range];
    }
    return this.range.shift() ?? missing(this.list.name);
  }

  /** The last option of a name, or the next of a list; it counts as visited unless it is wrong. */
  private scalar<T>(name: Name, parse: (text: string) => T | undefined, what: string): Visited<T> {
    if (this.list !== undefined) {
      return parse(this.list.left.shift() ?? '') ?? invalidValue(this.list.name, what);
    }
    const text = this.unprocessed.get(name ?? '')?.at(-1);
    if (text === undefined) return missing(name ?? '');
    const value = parse(text);
    if (value === undefined) return invalidValue(name ?? '', what);
    this.unprocessed.delete(name ?? '');
    return value;
  }
}
