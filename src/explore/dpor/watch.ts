import { type Footprint, Mode, type ReadSink } from '../../engine/footprint.js';
import type { Watch } from '../../engine/inspection.js';
import type { OperationKind } from '../../engine/operation.js';
import type { Session } from '../../engine/session.js';
import type { SimThread } from '../../engine/thread.js';
import type { SavedConditions, SavedWatched } from './checkpoint.js';

/** The objects that one condition was ever seen to look at. */
class Watched implements ReadSink {
  readonly objects = new Set<number>();
  /** Stands for the condition: steps that write one of its objects conflict here. */
  readonly id: number;
  private readonly onGrowth: (object: number) => void;

  constructor(id: number, onGrowth: (object: number) => void) {
    this.id = id;
    this.onGrowth = onGrowth;
  }

  add(object: number): void {
    if (this.objects.has(object)) return;
    this.objects.add(object);
    this.onGrowth(object);
  }
}

/**
 * Makes partial-order reduction sound for conditions over several variables: invariants, which see every state, and what `until` waits
 * for. Two writes to different variables of one condition do not commute for it, so they conflict on an object that stands for the
 * condition. What a condition looks at is learnt while it is evaluated; when it looks at something new the search begins afresh.
 */
export class Conditions implements Watch {
  /** Whether some condition looked at something new since this was last set to false. */
  grown = false;
  private readonly session: Session;
  private readonly invariants: Watched[] = [];
  private readonly untils = new Map<number, Watched>();
  private readonly watchers: (number[] | undefined)[] = [];

  constructor(session: Session) {
    this.session = session;
  }

  invariant(index: number): ReadSink {
    return (this.invariants[index] ??= this.newWatched());
  }

  until(thread: SimThread): ReadSink {
    let watched = this.untils.get(thread.id);
    if (watched === undefined) {
      watched = this.newWatched();
      this.untils.set(thread.id, watched);
    }
    return watched;
  }

  /** Adds the conditions that a step affects because it changes what they look at, and the one that it waited for. */
  extend(footprint: Footprint, thread: number, kind: OperationKind): void {
    if (this.watchers.length > 0) {
      const count = footprint.objects.length;
      for (let i = 0; i < count; i++) {
        if (footprint.modes[i] === Mode.read) continue;
        const conditions = this.watchers[footprint.objects[i] as number];
        if (conditions === undefined) continue;
        for (const condition of conditions) footprint.add(condition, Mode.write);
      }
    }
    const awaited = kind.conditional ? this.untils.get(thread) : undefined;
    if (awaited !== undefined) footprint.add(awaited.id, Mode.read);
  }

  save(): SavedConditions {
    const watched = ({ id, objects }: Watched): SavedWatched => [id, [...objects]];
    return {
      invariants: this.invariants.map(watched),
      untils: [...this.untils].map(([thread, each]) => [thread, watched(each)]),
      watchers: this.watchers.flatMap((conditions, object) =>
        conditions === undefined ? [] : [[object, [...conditions]] as const],
      ),
    };
  }

  /** For new conditions. */
  restore({ invariants, untils, watchers }: SavedConditions): void {
    const watched = ([id, objects]: SavedWatched): Watched => {
      const made = this.watchedAs(id);
      for (const object of objects) made.objects.add(object);
      return made;
    };
    this.invariants.push(...invariants.map(watched));
    for (const [thread, each] of untils) this.untils.set(thread, watched(each));
    for (const [object, conditions] of watchers) this.watchersOf(object).push(...conditions);
  }

  private newWatched(): Watched {
    return this.watchedAs(this.session.objects.fresh());
  }

  private watchedAs(id: number): Watched {
    return new Watched(id, (object) => {
      this.grown = true;
      this.watchersOf(object).push(id);
    });
  }

  private watchersOf(object: number): number[] {
    while (this.watchers.length <= object) this.watchers.push(undefined);
    return (this.watchers[object] ??= []);
  }
}
