import { invalidType, invalidValue, missing, QemuError } from '../error.js';
import { fits, parseInteger, parseSize } from './parse.js';
import { asDict, type QObject } from './qobject.js';
import type { Name, Visited, Visitor } from './visitor.js';

/** A structure or a list that is being visited. */
interface Level {
  readonly name: Name;
  /** Of a structure: its members, and the names of those nobody asked for yet. */
  readonly members?: Readonly<Record<string, QObject>>;
  readonly unvisited: Set<string>;
  /** Of a list: its elements, and the index of the current one. */
  readonly elements?: readonly QObject[];
  index: number;
}

/** Whether scalars are what JSON makes of them, or text, as `-device` and the human monitor give them. */
export type Scalars = 'json' | 'text';

/**
 * Reads values from QMP's form of them. Every error names its place in the whole, as in `limits.iops-total` or `host-nodes[1]`.
 *
 * Upstream: qapi/qobject-input-visitor.c:qobject_input_visitor_new, and qobject_input_visitor_new_keyval for text.
 */
export class QObjectInput implements Visitor {
  readonly direction = 'input';
  private readonly levels: Level[] = [];

  constructor(
    private readonly root: QObject,
    private readonly scalars: Scalars = 'json',
  ) {}

  bool(name: Name): Visited<boolean> {
    if (this.scalars === 'text') {
      const on = new Map([
        ['on', true],
        ['off', false],
      ]);
      return this.text(name, (text) => on.get(text), "'on' or 'off'");
    }
    const value = this.take(name);
    if (typeof value === 'boolean' || value instanceof QemuError) return value;
    return invalidType(this.place(name), 'boolean');
  }

  int64(name: Name): Visited<number> {
    if (this.scalars === 'text') return this.text(name, integer(true), 'integer');
    const value = this.take(name);
    if (value instanceof QemuError) return value;
    if (typeof value === 'number' && Number.isInteger(value) && fits(BigInt(value), 64, true)) {
      return value;
    }
    return invalidType(this.place(name), 'integer');
  }

  /** Negative numbers are taken for what they are modulo 2^64, as upstream does for old clients. */
  uint64(name: Name): Visited<number> {
    if (this.scalars === 'text') return this.text(name, integer(false), 'integer');
    const value = this.take(name);
    if (value instanceof QemuError) return value;
    if (typeof value !== 'number' || !Number.isInteger(value)) {
      return invalidValue(this.place(name), 'uint64');
    }
    const big = BigInt(value);
    if (fits(big, 64, false)) return value;
    if (fits(big, 64, true)) return Number(BigInt.asUintN(64, big));
    return invalidValue(this.place(name), 'uint64');
  }

  size(name: Name): Visited<number> {
    if (this.scalars === 'json') return this.uint64(name);
    return this.text(name, parseSize, 'a non-negative number below 2^64');
  }

  str(name: Name): Visited<string> {
    const value = this.take(name);
    if (typeof value === 'string' || value instanceof QemuError) return value;
    if (this.scalars === 'text') return this.notScalar(name);
    return invalidType(this.place(name), 'string');
  }

  /** Any value as it is. Upstream: visit_type_any. */
  any(name: Name): Visited<QObject> {
    return this.take(name);
  }

  startStruct(name: Name): QemuError | undefined {
    const value = this.take(name);
    if (value instanceof QemuError) return value;
    const members = asDict(value);
    if (members === undefined) return invalidType(this.place(name), 'object');
    this.levels.push({ name, members, unvisited: new Set(Object.keys(members)), index: 0 });
    return undefined;
  }

  checkStruct(): QemuError | undefined {
    const [left] = this.levels.at(-1)?.unvisited ?? [];
    if (left === undefined) return undefined;
    return new QemuError(`Parameter '${this.place(left)}' is unexpected`);
  }

  endStruct(): void {
    this.levels.pop();
  }

  startList(name: Name): QemuError | undefined {
    const value = this.take(name);
    if (value instanceof QemuError) return value;
    if (!Array.isArray(value)) return invalidType(this.place(name), 'array');
    const elements = value as readonly QObject[];
    this.levels.push({ name, elements, unvisited: new Set(), index: -1 });
    return undefined;
  }

  nextElement(): boolean {
    const level = this.levels.at(-1);
    return level?.elements !== undefined && level.index + 1 < level.elements.length;
  }

  endList(): void {
    this.levels.pop();
  }

  optional(name: string): boolean {
    return this.levels.at(-1)?.members?.[name] !== undefined;
  }

  /** The value in its place, which is then visited. */
  private take(name: Name): QObject | QemuError {
    const level = this.levels.at(-1);
    if (level === undefined) return this.root;
    let value: QObject | undefined;
    if (level.elements === undefined) {
      value = level.members?.[name ?? ''];
      level.unvisited.delete(name ?? '');
    } else {
      level.index++;
      value = level.elements[level.index];
    }
    return value === undefined ? missing(this.place(name)) : value;
  }

  private text<T>(name: Name, parse: (text: string) => T | undefined, what: string): Visited<T> {
    const text = this.take(name);
    if (text instanceof QemuError) return text;
    if (typeof text !== 'string') return this.notScalar(name);
    return parse(text) ?? invalidValue(this.place(name), what);
  }

  private notScalar(name: Name): QemuError {
    return new QemuError(`Parameters '${this.place(name)}.*' are unexpected`);
  }

  /** Where something is in the whole. */
  private place(name: Name): string {
    let path = '';
    let inner = name;
    for (const level of [...this.levels].reverse()) {
      const index = this.scalars === 'text' ? `.${level.index}` : `[${level.index}]`;
      path = `${level.elements === undefined ? `.${inner ?? '<anonymous>'}` : index}${path}`;
      inner = level.name;
    }
    return `${inner ?? ''}${path}`.replace(/^\./, '') || '<anonymous>';
  }
}

function integer(signed: boolean) {
  return (text: string): number | undefined => {
    const parsed = parseInteger(text);
    const whole = parsed?.rest === '' && fits(parsed.value, 64, signed);
    return whole ? Number(parsed.value) : undefined;
  };
}
