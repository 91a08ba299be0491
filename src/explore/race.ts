import { conflicts, Footprint, Mode } from '../engine/footprint.js';
import type { Operation } from '../engine/operation.js';
import type { SimThread } from '../engine/thread.js';

/** How much is known of what an operation will touch. */
const Known = {
  /** Its object only, in the mode of its kind, which may be stronger than what the step turns out to do. */
  object: 0,
  /** A fixed set of objects. */
  set: 1,
  /** Nothing: it runs code of the author. */
  nothing: 2,
} as const;

type Known = (typeof Known)[keyof typeof Known];

function knownOf({ kind }: Operation): Known {
  if (kind.touch === undefined) return Known.object;
  if (kind.fixed) return Known.set;
  return kind.mode === Mode.none ? Known.nothing : Known.object;
}

/** Whether operations that were not executed yet race; yes in doubt. Cheap where each touches one object. */
export class RaceCheck {
  private first: Operation | undefined = undefined;
  private thread: SimThread | undefined = undefined;
  private known: Known = Known.object;
  /** Whether `touched` holds what the first operation will touch. */
  private collected = false;
  private readonly touched = new Footprint();
  private readonly other = new Footprint();

  /** The operation to compare others with, of this thread. */
  begin(op: Operation, thread: SimThread): void {
    this.first = op;
    this.thread = thread;
    this.known = knownOf(op);
    this.collected = false;
  }

  with(op: Operation, thread: SimThread): boolean {
    const first = this.first as Operation;
    const known = knownOf(op);
    if (known === Known.object && this.known === Known.object) {
      // Parts of one block are different objects, and both only read that the block is alive.
      return op.object === first.object && conflicts(op.kind.mode, first.kind.mode);
    }
    if (known === Known.nothing || this.known === Known.nothing) return true;
    const { touched, other } = this;
    if (!this.collected) {
      this.collected = true;
      collect(first, this.thread as SimThread, this.known, touched);
    }
    collect(op, thread, known, other);
    return touched.objects.some((object, i) => {
      const at = other.objects.indexOf(object);
      return at >= 0 && conflicts(touched.modes[i] as Mode, other.modes[at] as Mode);
    });
  }
}

function collect(op: Operation, thread: SimThread, known: Known, into: Footprint): void {
  const { kind, object } = op;
  into.clear();
  if (known === Known.set) kind.touch?.(op, thread, into);
  else into.add(object.id, kind.mode);
  if (object.memory !== undefined) into.add(object.memory.id, Mode.read);
}
