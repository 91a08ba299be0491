import type { SimThread } from '../engine/thread.js';
import type { StepName } from './explanation.js';

/** Operations whose label is the author's name for them, and not a note. */
const labelled: ReadonlySet<string> = new Set(['choose', 'until', 'serve', 'step']);

/** What a step is called but for its occurrence. */
export type Description = Omit<StepName, 'occurrence'>;

/** The label that is part of a step's name. */
export function ownLabel(operation: string, label: string): string {
  return labelled.has(operation) ? (label.split('; ')[0] as string) : '';
}

function ordinal(n: number): string {
  const tens = n % 100;
  const ending = tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${ending}`;
}

/**
 * Numbers for the names of steps, the same in all traces: a step is known by its thread, what it does, and how often the thread did the
 * same before. What a thread does depends on the trace, but not on which of its orders is executed.
 */
export class Names {
  private readonly numbers = new Map<string, number>();
  private readonly list: StepName[] = [];
  /** How often a description occurs at most. */
  private readonly most = new Map<string, number>();
  /** Notes of the author, by number; null where they differ from trace to trace. */
  private readonly notes: (string | null | undefined)[] = [];
  private readonly threads = new Map<string, string>();
  private readonly threadUses = new Map<string, number>();

  get size(): number {
    return this.list.length;
  }

  /** The name of a thread, different from those of all other threads. */
  thread({ id, name }: SimThread): string {
    const key = `${id}:${name}`;
    const known = this.threads.get(key);
    if (known !== undefined) return known;
    const uses = (this.threadUses.get(name) ?? 0) + 1;
    this.threadUses.set(name, uses);
    const made = uses === 1 ? name : `${name}#${uses}`;
    this.threads.set(key, made);
    return made;
  }

  number(what: Description, occurrence: number): number {
    const description = keyOf(what);
    if (occurrence > (this.most.get(description) ?? 0)) this.most.set(description, occurrence);
    const key = `${description}#${occurrence}`;
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const { thread, operation, object, label } = what;
    this.list.push({ thread, operation, object, label, occurrence });
    this.numbers.set(key, this.list.length - 1);
    return this.list.length - 1;
  }

  note(number: number, text: string): void {
    const before = this.notes[number];
    this.notes[number] = before === undefined || before === text ? text : null;
  }

  get(number: number): StepName {
    return this.list[number] as StepName;
  }

  /** `2nd load x by A ("looks again")`. */
  text(number: number): string {
    const name = this.get(number);
    const { thread, operation, object, label, occurrence } = name;
    const named = label === '' ? '' : `"${label}"`;
    const words = [operation, object, named].filter((word) => word !== '').join(' ');
    const several = (this.most.get(keyOf(name)) ?? 0) > 1;
    const note = this.notes[number] ?? '';
    const noted = note === '' ? '' : ` ("${note}")`;
    return `${several ? `${ordinal(occurrence)} ` : ''}${words} by ${thread}${noted}`;
  }
}

export function keyOf({ thread, operation, object, label }: Description): string {
  return JSON.stringify([thread, operation, object, label]);
}
