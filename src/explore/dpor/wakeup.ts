import { type Access, happensBefore, independent, type OrderedAccess } from './step.js';

/** A step that is to be explored, and what is to be explored after it. */
export interface WakeupNode extends Access {
  readonly children: WakeupNode[];
}

/** The step is not a weak initial of the sequence. */
const notInitial = -1;
/** The step is independent of the whole sequence, which does not contain it. */
const absent = -2;

/**
 * Where a step is a weak initial of a sequence: the index of that step in it if nothing in the sequence happens before, `absent` if the
 * thread does not occur and the step is independent of everything in the sequence, else `notInitial`.
 */
function weakInitial(step: Access, sequence: readonly OrderedAccess[]): number {
  for (let k = 0; k < sequence.length; k++) {
    const own = sequence[k] as OrderedAccess;
    if (own.thread !== step.thread) continue;
    if (own.branch !== step.branch) return notInitial;
    for (let i = 0; i < k; i++) {
      if (happensBefore(sequence[i] as OrderedAccess, own.clock)) return notInitial;
    }
    return k;
  }
  for (const other of sequence) if (!independent(step, other)) return notInitial;
  return absent;
}

/** Whether the sequence could as well begin with this step, or have it appended without a difference. */
export function isWeakInitial(step: Access, sequence: readonly OrderedAccess[]): boolean {
  return weakInitial(step, sequence) !== notInitial;
}

/**
 * Adds a sequence to a wakeup tree unless the tree leads to it or to an equivalent of it already (POPL 2014, section 6.1).
 *
 * @param children - the first level of the tree
 * @returns the number of nodes added
 */
export function insert(children: WakeupNode[], sequence: OrderedAccess[]): number {
  let level = children;
  let rest = sequence;
  for (;;) {
    let next: WakeupNode | undefined;
    for (const child of level) {
      const at = weakInitial(child, rest);
      if (at === notInitial) continue;
      if (at !== absent) rest = [...rest.slice(0, at), ...rest.slice(at + 1)];
      next = child;
      break;
    }
    if (next === undefined) {
      addChain(level, rest);
      return rest.length;
    }
    // A leaf will be explored with every continuation.
    if (next.children.length === 0 || rest.length === 0) return 0;
    level = next.children;
  }
}

function addChain(children: WakeupNode[], sequence: readonly OrderedAccess[]): void {
  let level = children;
  for (const { thread, branch, objects, modes, spawned, joined } of sequence) {
    const node = { thread, branch, objects, modes, spawned, joined, children: [] };
    level.push(node);
    level = node.children;
  }
}
