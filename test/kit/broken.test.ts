import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Footprint, Mode } from '../../src/engine/footprint.js';
import type { OperationKind } from '../../src/engine/operation.js';
import { BoundedDpor } from '../../src/explore/dpor/bounded.js';
import { OptimalDpor } from '../../src/explore/dpor/dpor.js';
import { Order } from '../../src/explore/dpor/order.js';
import { type Later, Races } from '../../src/explore/dpor/races.js';
import type { Access, OrderedAccess, Step } from '../../src/explore/dpor/step.js';
import type * as Wakeup from '../../src/explore/dpor/wakeup.js';
import { Conditions } from '../../src/explore/dpor/watch.js';
import { compareDpor } from './compare/dpor.js';
import { generateProgram, type Profile } from './generate.js';
import { printProgram } from './print.js';
import type { Program } from './program.js';

// A comparison that never fails proves nothing. Each of these searches is broken in one place, and the comparison has to
// notice within so many programs.

/** What the mocked insertion into wakeup trees does to a sequence first. */
const insertion = vi.hoisted(() => ({
  change: (sequence: OrderedAccess[]): OrderedAccess[] => sequence,
}));
vi.mock('../../src/explore/dpor/wakeup.js', async (original) => {
  const actual = await original<typeof Wakeup>();
  const insert: typeof Wakeup.insert = (children, sequence) =>
    actual.insert(children, insertion.change(sequence));
  return { ...actual, insert };
});

/** What the faults need to see of a search. */
interface Search {
  readonly nodes: readonly { sleep: Access[] }[];
  readonly repeated: number;
  readonly watch: Conditions;
}

const undo: (() => void)[] = [];

function repair(): void {
  for (const once of undo.splice(0)) once();
  insertion.change = (sequence) => sequence;
}

/** Replaces a method, which may be private, by one that is given the object and the original first. */
function replace<Args extends unknown[], Result>(
  owner: { readonly prototype: object },
  name: string,
  instead: (self: object, original: (...args: Args) => Result, ...args: Args) => Result,
): void {
  const prototype = owner.prototype as Record<string, unknown>;
  const original = prototype[name] as (this: object, ...args: Args) => Result;
  if (typeof original !== 'function') throw new Error(`there is no method ${name}`);
  prototype[name] = function (this: object, ...args: Args): Result {
    return instead(this, (...given) => original.apply(this, given), ...args);
  };
  undo.push(() => {
    prototype[name] = original;
  });
}

const insideOf = (search: object): Search => search as Search;
const orderOf = (races: object): Order => (races as { order: Order }).order;

/** Changes the depths of the steps that a step is found to be in a race with. */
function raceOnly(keep: (earlier: Step, later: Later) => boolean): void {
  replace<[Later], number[]>(Races, 'of', (races, original, later) =>
    original(later).filter((depth) => keep(orderOf(races).steps[depth] as Step, later)),
  );
}

/** Changes the sequences that reverse races. */
function reverseBy(change: (sequence: OrderedAccess[], order: Order, later: Later) => void): void {
  replace<[number, Later], OrderedAccess[] | undefined>(
    Races,
    'reversed',
    (races, original, depth, later) => {
      const sequence = original(depth, later);
      if (sequence !== undefined) change(sequence, orderOf(races), later);
      return sequence;
    },
  );
}

/** Changes the set of sleeping steps that a node begins with. */
function sleepWith(change: (sleep: Access[], before: readonly Access[]) => void): void {
  replace<[number], undefined>(OptimalDpor, 'enter', (search, original, depth) => {
    original(depth);
    const { nodes } = insideOf(search);
    const before = nodes[depth - 1];
    if (before !== undefined) change(nodes[depth]?.sleep ?? [], before.sleep);
  });
}

/** Changes what a bounded search remembers of how it reached a prefix. */
function reachWith(
  change: (running: number, used: number) => { running: number; used: number },
): void {
  replace<[string, number, number], boolean>(
    BoundedDpor,
    'wasReached',
    (_, original, prefix, ...reached) => {
      const { running, used } = change(...reached);
      return original(prefix, running, used);
    },
  );
}

/** Whether both write one object. */
function bothWrite(a: Access, b: Access): boolean {
  return a.objects.some(
    (object, i) => a.modes[i] === Mode.write && b.modes[b.objects.indexOf(object)] === Mode.write,
  );
}

interface Fault {
  readonly name: string;
  readonly profile: Profile;
  /** The comparison must notice within so many programs. */
  readonly within: number;
  readonly commit: () => void;
}

const faults: readonly Fault[] = [
  {
    name: 'races of operations that block are not reversed',
    profile: 'locks',
    within: 5,
    commit: () => {
      raceOnly((_, { step }) => !step.kind.blocking);
    },
  },
  {
    name: 'races of threads that are blocked at the end are not reversed',
    profile: 'locks',
    within: 5,
    commit: () => {
      replace(OptimalDpor, 'pending', () => undefined);
    },
  },
  {
    name: 'a writer is not put before several readers at once',
    profile: 'rwlocks',
    within: 100,
    commit: () => {
      replace(Races, 'reversedTogether', () => undefined);
    },
  },
  {
    name: 'races of a read and a write are not reversed',
    profile: 'variables',
    within: 5,
    commit: () => {
      raceOnly((earlier, { step }) => bothWrite(earlier, step));
    },
  },
  {
    name: 'races with steps of the repeated prefix are not reversed',
    profile: 'variables',
    within: 5,
    commit: () => {
      replace<[number, Later], undefined>(
        OptimalDpor,
        'reverse',
        (search, original, depth, later) => {
          const { repeated } = insideOf(search);
          if (depth >= repeated || later.depth < repeated) original(depth, later);
        },
      );
    },
  },
  {
    name: 'races inside the repeated prefix are not reversed again',
    profile: 'choose',
    within: 30,
    commit: () => {
      replace(OptimalDpor, 'changed', () => false);
    },
  },
  {
    name: 'the other ways of a step are forgotten',
    profile: 'choose',
    within: 5,
    commit: () => {
      replace<[number, number], OrderedAccess[]>(Races, 'otherWay', (races, original, depth) =>
        original(depth, (orderOf(races).steps[depth] as Step).branch),
      );
    },
  },
  {
    name: 'steps sleep until the end',
    profile: 'variables',
    within: 5,
    commit: () => {
      sleepWith((sleep, before) => {
        sleep.splice(0, sleep.length, ...before);
      });
    },
  },
  {
    name: 'a reader sleeps past a write of what it reads',
    profile: 'variables',
    within: 5,
    commit: () => {
      sleepWith((sleep, before) => {
        const readers = before.filter((step) => !step.modes.includes(Mode.write));
        sleep.push(...readers.filter((step) => !sleep.includes(step)));
      });
    },
  },
  {
    name: 'steps wake up at once',
    profile: 'variables',
    within: 5,
    commit: () => {
      sleepWith((sleep) => {
        sleep.length = 0;
      });
    },
  },
  {
    name: 'a reversing sequence ends at the later step of the race',
    profile: 'step',
    within: 100,
    commit: () => {
      reverseBy((sequence, order, later) => {
        const last = sequence.pop() as OrderedAccess;
        const kept = sequence.filter((step) => order.steps.indexOf(step as Step) < later.depth);
        sequence.splice(0, sequence.length, ...kept, last);
      });
    },
  },
  {
    name: 'a reversing sequence is only the later step of the race',
    profile: 'variables',
    within: 10,
    commit: () => {
      reverseBy((sequence) => {
        sequence.splice(0, sequence.length - 1);
      });
    },
  },
  {
    name: 'a reversing sequence lacks its last step',
    profile: 'variables',
    within: 5,
    commit: () => {
      reverseBy((sequence) => {
        sequence.pop();
      });
    },
  },
  {
    name: 'a step is expected to touch after a reversal what it touched before',
    profile: 'step',
    within: 30,
    commit: () => {
      replace<[readonly Step[], number, Later, readonly OrderedAccess[]], Access | undefined>(
        Races,
        'accessWithout',
        (_, original, removed, depth, later, rest) =>
          original(removed, depth, later, rest) && later.step,
      );
    },
  },
  {
    name: 'dependent steps are taken for weak initials when a sequence is inserted',
    profile: 'locks',
    within: 25,
    commit: () => {
      insertion.change = (sequence) =>
        sequence.map((step) => ({ ...step, clock: [], objects: [], modes: [] }));
    },
  },
  {
    name: 'only the first half of a sequence is inserted',
    profile: 'variables',
    within: 10,
    commit: () => {
      insertion.change = (sequence) => sequence.slice(0, Math.ceil(sequence.length / 2));
    },
  },
  {
    name: 'a bounded search forgets how many preemptions were left',
    profile: 'variables',
    within: 5,
    commit: () => {
      reachWith((running) => ({ running, used: 0 }));
    },
  },
  {
    name: 'a bounded search forgets which thread was running',
    profile: 'variables',
    within: 5,
    commit: () => {
      reachWith((_, used) => ({ running: 0, used }));
    },
  },
  {
    name: 'a join does not come after what the other thread did',
    profile: 'spawn',
    within: 10,
    commit: () => {
      replace<[number, Footprint], number[]>(
        Order,
        'clockAtEnd',
        (_, original, thread, footprint) => {
          const { joined } = footprint;
          footprint.joined = -1;
          const clock = original(thread, footprint);
          footprint.joined = joined;
          return clock;
        },
      );
    },
  },
  {
    name: 'what invariants look at is forgotten',
    profile: 'invariants',
    within: 10,
    commit: () => {
      replace(Conditions, 'invariant', () => ({ add: () => undefined }));
    },
  },
  {
    name: 'what until looks at is forgotten',
    profile: 'until',
    within: 10,
    commit: () => {
      replace(Conditions, 'until', () => ({ add: () => undefined }));
    },
  },
  {
    name: 'until does not conflict with writes of what it looks at',
    profile: 'until',
    within: 10,
    commit: () => {
      replace<[Footprint, number, OperationKind], undefined>(
        Conditions,
        'extend',
        (_, original, footprint, thread, kind) => {
          if (!kind.conditional) original(footprint, thread, kind);
        },
      );
    },
  },
  {
    name: 'the search goes on when a condition looks at something new',
    profile: 'invariants',
    within: 10,
    commit: () => {
      replace<[number], boolean>(OptimalDpor, 'begin', (search, original, index) => {
        insideOf(search).watch.grown = false;
        return original(index);
      });
    },
  },
];

afterEach(repair);

/** The first of so many programs on which the search does not agree with brute force, and why. */
function firstCaught(
  profile: Profile,
  within: number,
): { program: Program; why: string } | undefined {
  for (let index = 0; index < within; index++) {
    const program = generateProgram(2, index, profile, 0.8);
    const agreement = compareDpor(program, 3000);
    if (agreement.kind === 'disagree') return { program, why: agreement.why.join('\n') };
  }
  return undefined;
}

describe('the comparison', () => {
  it.each(faults.map((fault) => [fault.name, fault] as const))(
    'should notice when %s',
    (_, { profile, within, commit }) => {
      commit();
      const caught = firstCaught(profile, within);
      if (caught === undefined) throw new Error(`none of ${within} programs showed it`);
      // The fault itself must work.
      expect(caught.why).not.toContain('the search threw');
      repair();
      const { kind } = compareDpor(caught.program, 3000);
      expect(kind, printProgram(caught.program)).toBe('agree');
    },
  );
});
