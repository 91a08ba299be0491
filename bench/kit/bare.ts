import type { Contender, Work } from './race.js';

/**
 * The limit: the same program as bare generators, without operations, names, checks, a record of the schedule or a seed per
 * execution. A thread yields before each access and does it when it is resumed; nothing that resumes JavaScript code in an order
 * chosen from outside can do with less.
 */

/** A lock of bare threads. */
export interface BareLock {
  held: boolean;
}

/** Yields before each access: the lock that it is about to take, or nothing. */
export type BareThread = Generator<BareLock | undefined, number | void, undefined>;

/** Makes the threads of one execution. */
export type BareProgram = () => BareThread[];

/** Marsaglia's xorshift with 32 bits: the cheapest generator that is random enough to pick a thread. */
class Xorshift {
  private state = 0x9e3779b9;

  below(count: number): number {
    let x = this.state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.state = x;
    return (x >>> 0) % count;
  }
}

/** Runs threads that never block to their end, in random order; returns the number of steps. */
function walk(threads: BareThread[], random: Xorshift): number {
  let steps = 0;
  let live = 0;
  for (const thread of threads) {
    if (thread.next().done !== true) threads[live++] = thread;
  }
  while (live > 0) {
    const at = random.below(live);
    const thread = threads[at]!;
    steps++;
    if (thread.next().done === true) threads[at] = threads[--live]!;
  }
  return steps;
}

/** The same for threads that take locks; ends when no thread can go on. */
function walkWithLocks(threads: BareThread[], random: Xorshift): number {
  let steps = 0;
  const waits: (BareLock | undefined)[] = [];
  const live: number[] = [];
  const enabled: number[] = [];
  threads.forEach((thread, i) => {
    const first = thread.next();
    if (first.done === true) return;
    waits[i] = first.value;
    live.push(i);
  });
  for (;;) {
    let count = 0;
    for (const i of live) if (waits[i]?.held !== true) enabled[count++] = i;
    if (count === 0) return steps;
    const chosen = enabled[random.below(count)]!;
    steps++;
    const lock = waits[chosen];
    if (lock !== undefined) lock.held = true;
    const next = threads[chosen]!.next();
    if (next.done === true) live.splice(live.indexOf(chosen), 1);
    else waits[chosen] = next.value;
  }
}

/** A random walk over bare generators. */
export function bareWalk(program: BareProgram, locks = false): Contender {
  const random = new Xorshift();
  const once = locks ? walkWithLocks : walk;
  return {
    name: 'bare generators',
    run(executions): Work {
      let steps = 0;
      for (let i = 0; i < executions; i++) steps += once(program(), random);
      return { executions, steps };
    },
  };
}
