import { invalidType, invalidValue, QemuError } from '../error.js';
import { fits, parseBool, parseInteger, parseRange, parseSize } from './parse.js';
import type { Name, Visited, Visitor } from './visitor.js';

/**
 * One value as text, as defaults and the human monitor give it: a scalar, or a list of integers with ranges. It has no structures.
 *
 * Upstream: qapi/string-input-visitor.c.
 */
export class StringInput implements Visitor {
  readonly direction = 'input';
  /** Within a list: the entries of the text that are not visited yet. */
  private entries: string[] | undefined;
  /** Within a list: what is left of the range begun. */
  private range: number[] = [];

  constructor(private readonly text: string) {}

  bool(name: Name): Visited<boolean> {
    return parseBool(this.text) ?? invalidValue(name ?? 'null', "'on' or 'off'");
  }

  int64(name: Name): Visited<number> {
    return this.integer(name, true);
  }

  uint64(name: Name): Visited<number> {
    return this.integer(name, false);
  }

  size(name: Name): Visited<number> {
    return parseSize(this.text) ?? invalidValue(name ?? 'null', 'a non-negative number below 2^64');
  }

  str(): string {
    return this.text;
  }

  startStruct(name: Name): QemuError {
    return invalidType(name ?? 'null', 'object');
  }

  checkStruct(): undefined {
    return undefined;
  }

  endStruct(): void {
    // There are none.
  }

  startList(): undefined {
    this.entries = this.text === '' ? [] : this.text.split(',');
    return undefined;
  }

  nextElement(): boolean {
    return this.range.length > 0 || (this.entries?.length ?? 0) > 0;
  }

  endList(): void {
    this.entries = undefined;
    this.range = [];
  }

  optional(_name: string, present: boolean): boolean {
    return present;
  }

  private integer(name: Name, signed: boolean): Visited<number> {
    const type = signed ? 'int64' : 'uint64';
    if (this.entries === undefined) {
      const parsed = parseInteger(this.text);
      const whole = parsed?.rest === '' && fits(parsed.value, 64, signed);
      return whole ? Number(parsed.value) : invalidValue(name ?? 'null', type);
    }
    if (this.range.length === 0) {
      const range = parseRange(this.entries.shift() ?? '', signed);
      if (range === undefined) {
        return invalidValue(name ?? 'null', `list of ${type} values or ranges`);
      }
      this.range = [...range];
    }
    return this.range.shift() ?? new QemuError('Fewer list elements expected');
  }
}
