import { describe, type Operation, type Wait } from './operation.js';
import type { SimThread } from './thread.js';

/** What a set of blocked threads amounts to. @internal */
export interface Deadlock {
  /** The objects of the cycle in order, starting with the first by name; or all that is waited for. */
  readonly property: string;
  readonly message: string;
  readonly details: readonly string[];
  /** Whether there is a cycle of threads that each wait for the next. */
  readonly cyclic: boolean;
}

function waitOf(thread: SimThread): Wait {
  const op = thread.pending as Operation;
  return (
    op.kind.definition.waits?.(op, thread) ?? {
      what: op.object.name === '' ? op.kind.name : op.object.name,
      holders: [],
    }
  );
}

/** `for BQL (lock)`; `in done.wait for m` where an operation waits for another object than its own; `until the end`. */
function waitingText(op: Operation, what: string): string {
  const { object, kind } = op;
  if (object.name === '') return `${kind.name} ${what}`;
  if (object.name === what) return `for ${what} (${kind.name})`;
  return `in ${describe(op)} for ${what}`;
}

/** A shortest cycle through `start` in the graph of who waits for whom. */
function cycleFrom(
  start: SimThread,
  waits: ReadonlyMap<SimThread, Wait>,
): readonly SimThread[] | undefined {
  const reachedFrom = new Map<SimThread, SimThread>();
  const queue: SimThread[] = [start];
  for (let thread = queue.shift(); thread !== undefined; thread = queue.shift()) {
    for (const holder of waits.get(thread)?.holders ?? []) {
      if (holder === start) {
        const cycle: SimThread[] = [thread];
        for (let at = thread; at !== start; ) {
          at = reachedFrom.get(at) as SimThread;
          cycle.unshift(at);
        }
        return cycle;
      }
      if (!reachedFrom.has(holder) && waits.has(holder)) {
        reachedFrom.set(holder, thread);
        queue.push(holder);
      }
    }
  }
  return undefined;
}

/** The threads themselves and all that they wait for, directly or not. */
function reachable(
  threads: readonly SimThread[],
  waits: ReadonlyMap<SimThread, Wait>,
): Set<SimThread> {
  const reached = new Set(threads);
  for (const thread of reached) {
    for (const holder of waits.get(thread)?.holders ?? []) {
      if (waits.has(holder)) reached.add(holder);
    }
  }
  return reached;
}

function byName(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Explains why none of the blocked threads can go on.
 *
 * @param blocked - those that ought to have ended
 * @param others - blocked threads that may stay so, but may be in the way of the former
 * @internal
 */
export function explainDeadlock(
  blocked: readonly SimThread[],
  others: readonly SimThread[],
): Deadlock {
  const waits = new Map([...blocked, ...others].map((thread) => [thread, waitOf(thread)]));
  const line = (thread: SimThread): string => {
    const wait = waits.get(thread) as Wait;
    const held = wait.holders.map((holder) => holder.name).sort(byName);
    const by = held.length > 0 && wait.held !== false ? `, held by ${held.join(', ')}` : '';
    const op = thread.pending as Operation;
    return `${thread.name} waits ${waitingText(op, wait.what)}${by}`;
  };
  let cycle: readonly SimThread[] | undefined;
  for (const thread of reachable(blocked, waits)) {
    const found = cycleFrom(thread, waits);
    if (found !== undefined && (cycle === undefined || found.length < cycle.length)) cycle = found;
  }
  const shown = new Set([...blocked, ...(cycle ?? [])]);
  const details = [...shown].map(line);
  if (cycle !== undefined) {
    const objects = cycle.map((thread) => (waits.get(thread) as Wait).what);
    const first = objects.indexOf([...objects].sort(byName)[0] as string);
    const turned = [...objects.slice(first), ...objects.slice(0, first)];
    return {
      property: turned.join(', '),
      message:
        cycle.length === 1
          ? `${(cycle[0] as SimThread).name} waits for itself`
          : `${cycle.map((thread) => thread.name).join(' waits for ')} waits for ${(cycle[0] as SimThread).name}`,
      details,
      cyclic: true,
    };
  }
  const objects = [...new Set(blocked.map((thread) => (waits.get(thread) as Wait).what))];
  return {
    property: objects.sort(byName).join(', '),
    message: `${blocked.map((thread) => thread.name).join(', ')} blocked for ever`,
    details,
    cyclic: false,
  };
}
