import { callSite } from './location.js';
import type { Operation, Shown } from './operation.js';
import { shown } from './shown.js';
import type { SimThread } from './thread.js';

/** One step of an execution, as plain data. @public */
export interface Event {
  /** The step's number, from 1. */
  readonly index: number;
  /** The name of the thread. */
  readonly thread: string;
  /** The operation: `load`, `lock`, `free`. */
  readonly operation: string;
  /** The object it works on; empty for operations on none. */
  readonly object: string;
  /**
   * What was read, written or returned; null when there is no such value. Of a step that failed and had no effect, null as well, but for what
   * `store` and `write` were to write.
   */
  readonly value: Shown;
  /** The author's label or notes (`sim.log`) at this step; empty when there are none. */
  readonly label: string;
  /** file:line of the operation in the scenario or model; empty when unknown. */
  readonly location: string;
  /** Whether this step preempts: the thread of the step before could have gone on. */
  readonly preempts: boolean;
}

/** Of a step, besides what it did. */
interface Circumstances {
  /** The step's number, from 1. */
  readonly index: number;
  /** Whether the thread of the step before could have gone on. */
  readonly preempts: boolean;
  /** Whether the step itself failed, and had no effect. */
  readonly failed: boolean;
}

type Draft = { -readonly [K in keyof Event]: Event[K] };

/**
 * Keeps what happened in one execution, for replay and reports. The search runs without one.
 *
 * @internal
 */
export class Recorder {
  readonly events: Draft[] = [];
  /** Notes of the step under way, or from before the first one. */
  private early = '';
  private readonly sites = new WeakMap<Operation, string>();
  private readonly names = new Map<string, number>();
  private readonly labels = new Map<SimThread, string>();
  private readonly forReport: boolean;

  /** @param forReport - whether to find out where in the source each operation stands, which is slow, and to tell threads apart by name */
  constructor(forReport: boolean) {
    this.forReport = forReport;
  }

  /** An operation was made; its place in the source is known only now. */
  created(op: Operation): void {
    if (this.forReport) this.sites.set(op, callSite());
  }

  /**
   * A thread was made. Columns need threads of different names: in events the second `A` is `A#2`. Its own name stays, because
   * the scenario may look at it (`holder`) and must not behave differently when recorded.
   */
  born(thread: SimThread): void {
    if (!this.forReport) return;
    const uses = (this.names.get(thread.name) ?? 0) + 1;
    this.names.set(thread.name, uses);
    if (uses > 1) this.labels.set(thread, `${thread.name}#${uses}`);
  }

  stepped(
    thread: SimThread,
    op: Operation,
    name: string,
    result: unknown,
    { index, preempts, failed }: Circumstances,
  ): void {
    const definition = op.kind.definition;
    let value: Shown | undefined;
    // What a step that failed would have returned or left is not known: it did not happen.
    if (!failed || definition.showsArgument === true) {
      value = definition.show === undefined ? shown(result) : definition.show(op, result);
    }
    const label = definition.label?.(op) ?? '';
    this.events.push({
      index,
      thread: this.labels.get(thread) ?? thread.name,
      operation: name,
      object: op.object.name,
      value: value ?? null,
      label: this.early === '' ? label : joined(label, this.early),
      location: this.sites.get(op) ?? '',
      preempts,
    });
    this.early = '';
  }

  /** @param step - the step under way or taken last; a note of a step under way, or of set-up, waits for the next event */
  note(text: string, step: number): void {
    const event = this.events[step - 1];
    if (event !== undefined) event.label = joined(event.label, text);
    else this.early = joined(this.early, text);
  }
}

function joined(before: string, text: string): string {
  return before === '' ? text : `${before}; ${text}`;
}
