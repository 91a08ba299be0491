import type { Memory } from '../models/memory/memory.js';
import type { MemoryRegion } from '../models/memory/region.js';
import type { QomObject } from '../models/qom/object.js';
import type { Routine, Sim } from '../src/index.js';
import { Marks } from './marks.js';

/** A callback that runs. */
export interface Frame {
  readonly thread: string;
  readonly region: MemoryRegion;
  /** Whether another thread deregistered the region meanwhile. */
  late: boolean;
  /** Whether another thread was in the middle of a change of the device's state. */
  amidChange: boolean;
}

/**
 * The callbacks that run, and the regions that are out of the map: what several properties look at. What is wrong is found by the
 * thread whose callback it is, when the callback begins or ends; one that died of something else says nothing.
 */
export class Callbacks {
  private static readonly ofMemory = new WeakMap<Memory, Callbacks>();
  /** Frames that were wrong, by the number of the property. */
  readonly wrong = { I7: '', I8: '', I13: '' };
  readonly marks: Marks;
  private readonly running: Frame[] = [];
  /** What is out of the map, since its deregistration returned. */
  private readonly gone = new Set<MemoryRegion>();
  /** Whose state is half-changed, and by which thread. */
  private readonly changing = new Map<QomObject, string>();

  private constructor(
    private readonly sim: Sim,
    memory: Memory,
  ) {
    this.marks = new Marks(sim, 'callbacks');
    memory.probes.push({
      callbackBegins: (region) => this.begins(region),
      callbackEnded: (region) => this.ended(region),
      committing: (changed) => this.committing(changed),
      committed: (changed) => this.committed(changed),
    });
  }

  /** One for each memory, whichever property comes first. During set-up. */
  static of(sim: Sim, memory: Memory): Callbacks {
    let known = Callbacks.ofMemory.get(memory);
    if (known === undefined) Callbacks.ofMemory.set(memory, (known = new Callbacks(sim, memory)));
    return known;
  }

  /** A thread begins to change the state that callbacks of a device work on. */
  *changeBegins(owner: QomObject): Routine {
    const { self } = this.sim;
    yield* this.marks.make(() => {
      this.changing.set(owner, self);
      for (const frame of this.running) {
        if (frame.region.owner === owner && frame.thread !== self) frame.amidChange = true;
      }
    });
  }

  *changeEnded(owner: QomObject): Routine {
    yield* this.marks.make(() => this.changing.delete(owner));
  }

  private *begins(region: MemoryRegion): Routine {
    const thread = this.sim.self;
    yield* this.marks.make(() => {
      const { owner, name } = region;
      if (this.gone.has(region)) this.note('I7', `a callback of ${name} starts in ${thread}`);
      for (const { region: other, thread: where } of this.running) {
        const together = where === thread || !(region.lockless || other.lockless);
        if (owner !== undefined && other.owner === owner && together) {
          this.note('I8', `${thread} enters ${name} while ${where} is in ${other.name}`);
        }
      }
      const changer = owner === undefined ? undefined : this.changing.get(owner);
      const amidChange = changer !== undefined && changer !== thread;
      this.running.push({ thread, region, late: false, amidChange });
    });
  }

  private *ended(region: MemoryRegion): Routine {
    const thread = this.sim.self;
    yield* this.marks.make(() => {
      this.sim.log(`the callback of ${region.name} has returned`);
      // The innermost of the thread: what it entered last, it leaves first.
      const at = this.running.map((each) => each.thread).lastIndexOf(thread);
      const [frame] = this.running.splice(at, 1);
      if (frame?.late === true) {
        this.note('I7', `a callback of ${region.name} runs in ${thread}`);
      }
      if (frame?.amidChange === true) {
        this.note('I13', `a callback of ${region.name} runs in ${thread} amid a change`);
      }
    });
  }

  /** What comes into the map comes with all that is in it, before anybody can find it there. What an alias shows is not followed. */
  private *committing(changed: readonly MemoryRegion[]): Routine {
    const back = yield* this.sim.step('what comes into the map', () => inMap(changed, true));
    if (back.length === 0) return;
    yield* this.marks.make(() => {
      for (const region of back) this.gone.delete(region);
    });
  }

  /** What left the map went with all that is in it. */
  private *committed(changed: readonly MemoryRegion[]): Routine {
    const thread = this.sim.self;
    const out = yield* this.sim.step('what left the map', () => inMap(changed, false));
    if (out.length === 0) return;
    yield* this.marks.make(() => {
      for (const region of out) this.removed(region, thread);
    });
  }

  private removed(region: MemoryRegion, thread: string): void {
    this.gone.add(region);
    this.sim.log(`${region.name} is out of the map from here on`);
    for (const frame of this.running) {
      // A callback that takes out its own region cannot be over.
      if (frame.region === region && frame.thread !== thread) frame.late = true;
    }
  }

  private note(property: keyof Callbacks['wrong'], what: string): void {
    if (this.wrong[property] === '') this.wrong[property] = what;
  }
}

/** Those of some regions that are in a container, or those that are in none, with all that is in them: peeks. */
function inMap(regions: readonly MemoryRegion[], wanted: boolean): MemoryRegion[] {
  return [...new Set(regions)]
    .filter(({ object, layout }) => {
      const contained = object.instance.alive && layout.peek().container !== undefined;
      return contained === wanted;
    })
    .flatMap(within);
}

/** A region and what is in it: peeks. */
function within(region: MemoryRegion): MemoryRegion[] {
  if (!region.object.instance.alive) return [region];
  return [region, ...region.layout.peek().subregions.flatMap(within)];
}
