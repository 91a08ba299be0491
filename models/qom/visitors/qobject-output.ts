import type { QObject } from './qobject.js';
import type { Name, Visitor } from './visitor.js';

/** A structure or a list that is being written. */
type Level = { readonly members: Record<string, QObject> } | { readonly elements: QObject[] };

/** Writes values in QMP's form. Upstream: qapi/qobject-output-visitor.c. */
export class QObjectOutput implements Visitor {
  readonly direction = 'output';
  private readonly levels: Level[] = [];
  private root: QObject = null;

  /** What was visited: visit_complete. */
  get result(): QObject {
    return this.root;
  }

  bool(name: Name, value: boolean): boolean {
    return this.add(name, value);
  }

  int64(name: Name, value: number): number {
    return this.add(name, value);
  }

  uint64(name: Name, value: number): number {
    return this.add(name, value);
  }

  size(name: Name, value: number): number {
    return this.add(name, value);
  }

  str(name: Name, value: string): string {
    return this.add(name, value);
  }

  startStruct(name: Name): undefined {
    const members = {};
    this.add(name, members);
    this.levels.push({ members });
    return undefined;
  }

  checkStruct(): undefined {
    return undefined;
  }

  endStruct(): void {
    this.levels.pop();
  }

  startList(name: Name): undefined {
    const elements: QObject[] = [];
    this.add(name, elements);
    this.levels.push({ elements });
    return undefined;
  }

  nextElement(more: boolean): boolean {
    return more;
  }

  endList(): void {
    this.levels.pop();
  }

  optional(_name: string, present: boolean): boolean {
    return present;
  }

  private add<T extends QObject>(name: Name, value: T): T {
    const level = this.levels.at(-1);
    if (level === undefined) this.root = value;
    else if ('elements' in level) level.elements.push(value);
    else level.members[name ?? ''] = value;
    return value;
  }
}
