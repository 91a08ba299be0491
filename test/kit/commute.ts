import { compile } from './machine/compile.js';
import type { World } from './machine/world.js';
import type { Program } from './program.js';
import type { Options } from './result.js';

interface Taken {
  readonly thread: number;
  readonly branch: number;
  readonly state: Int32Array;
  readonly touched: readonly number[];
  readonly writes: readonly boolean[];
  readonly linked: readonly number[];
}

/**
 * Looks for a hole in the dependency relation: two steps of different threads, possible in the same reachable state,
 * that do not conflict although one disables the other, changes in how many ways it can go, or changes what it touches.
 * Every reduction rests on there being none. Returns a description of the first, or undefined.
 */
export function findHole(program: Program, options: Options = {}): string | undefined {
  const machine = compile(program);
  const { world, threads } = machine;
  const seen = new Set<number>([world.trace()]);
  const todo: Int32Array[] = [world.s];
  const limit = options.limit ?? 2000;
  for (let state = todo.pop(); state !== undefined && seen.size < limit; state = todo.pop()) {
    const steps = stepsFrom(world, state, threads.length);
    for (const first of steps) {
      for (const second of steps) {
        if (first.thread === second.thread || conflict(first, second)) continue;
        const problem = disturbs(world, state, first, second);
        if (problem === undefined) continue;
        const name = (taken: Taken): string => threads[taken.thread]?.name ?? '?';
        return `a step of ${name(first)} ${problem} one of ${name(second)}`;
      }
    }
    for (const { state: next } of steps) {
      world.s = next;
      const trace = world.trace();
      if (seen.has(trace)) continue;
      seen.add(trace);
      todo.push(next);
    }
  }
  return undefined;
}

function stepsFrom(world: World, state: Int32Array, threads: number): Taken[] {
  const steps: Taken[] = [];
  for (let thread = 0; thread < threads; thread++) {
    world.s = state;
    const branches = world.branches(thread);
    for (let branch = 0; branch < branches; branch++) {
      steps.push(take(world, state, thread, branch));
    }
  }
  return steps;
}

function take(world: World, state: Int32Array, thread: number, branch: number): Taken {
  world.s = state.slice();
  world.step(thread, branch);
  const { s, touched, writes, spawned, joined } = world;
  return {
    thread,
    branch,
    state: s,
    touched: [...touched],
    writes: [...writes],
    linked: [spawned, joined],
  };
}

function conflict(a: Taken, b: Taken): boolean {
  if (a.linked.includes(b.thread) || b.linked.includes(a.thread)) return true;
  return a.touched.some((object, i) => {
    const at = b.touched.indexOf(object);
    return at >= 0 && (a.writes[i] === true || b.writes[at] === true);
  });
}

/** How the first step disturbs the second, if it does. */
function disturbs(
  world: World,
  state: Int32Array,
  first: Taken,
  second: Taken,
): string | undefined {
  world.s = state;
  const before = world.branches(second.thread);
  world.s = first.state;
  const after = world.branches(second.thread);
  if (after === 0) return 'disables';
  if (after !== before) return 'changes the choices of';
  const again = take(world, first.state, second.thread, second.branch);
  const same =
    again.touched.join() === second.touched.join() && again.writes.join() === second.writes.join();
  return same ? undefined : 'changes the footprint of';
}
