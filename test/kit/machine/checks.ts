import type { Violation } from '../program.js';
import type { CompiledCheck, Machine } from './compile.js';
import { FREED, UNALLOCATED } from './objects.js';
import { silently } from './values.js';
import { DeadPeek, FINISHED, NOT_CREATED } from './world.js';

function failure(machine: Machine, check: CompiledCheck, kind: string): Violation | undefined {
  try {
    if (check.holds(silently(machine.world))) return undefined;
    return { kind, property: check.name };
  } catch (error) {
    if (error instanceof DeadPeek) return { kind: 'use-after-free', property: error.block };
    throw error;
  }
}

/** Evaluates the invariants that have not failed yet, and notes in the state those that fail. */
export function checkInvariants(machine: Machine): Violation[] {
  const { world, invariants } = machine;
  const found: Violation[] = [];
  invariants.forEach((invariant, index) => {
    const broken = world.get(world.layout.broken);
    if ((broken & (1 << index)) !== 0) return;
    const violation = failure(machine, invariant, 'invariant');
    if (violation === undefined) return;
    world.s[world.layout.broken] = broken | (1 << index);
    found.push(violation);
  });
  return found;
}

export interface Ending {
  /** A deadlock that is reported as such. */
  readonly deadlock: boolean;
  readonly violations: readonly Violation[];
  /** The final values as `describeState` gives them; undefined if threads were left blocked. */
  readonly final: string | undefined;
}

/** Judges an execution in which no thread can run any more. */
export function judgeEnding(machine: Machine): Ending {
  const { world } = machine;
  const interrupted = world.get(world.layout.failed) !== 0;
  const left = mustEnd(machine);
  if (left !== 0) {
    // That others wait for a thread that ended by a violation is no finding of its own.
    const deadlock = !interrupted || (left & waitForEver(machine)) !== 0;
    const violations = deadlock ? [{ kind: 'deadlock', property: '' }] : [];
    return { deadlock, violations, final: undefined };
  }
  const violations: Violation[] = [];
  for (const check of machine.finals) {
    const violation = failure(machine, check, 'assertion');
    if (violation !== undefined) violations.push(violation);
  }
  if (machine.leakCheck && !interrupted) {
    for (const block of machine.blocks) {
      const status = world.get(block.status);
      if (status !== FREED && status !== UNALLOCATED) {
        violations.push({ kind: 'leak', property: block.name });
      }
    }
  }
  return { deadlock: false, violations, final: describeState(machine) };
}

/** Values of all variables in order of declaration: `x=1 p=dead q=unmade`. */
export function describeState(machine: Machine): string {
  const { world } = machine;
  return machine.variables
    .map((variable) => {
      const { block } = variable;
      if (block !== undefined && world.get(block.status) === UNALLOCATED)
        return `${variable.name}=unmade`;
      const dead = block !== undefined && !block.isAlive(world);
      return `${variable.name}=${dead ? 'dead' : String(world.get(variable.value))}`;
    })
    .join(' ');
}

/** Threads that are neither finished nor entitled to stay where they are, as a bit set. */
function mustEnd(machine: Machine): number {
  const { world, threads } = machine;
  let left = 0;
  threads.forEach(({ daemon, idle }, index) => {
    const pc = world.get(world.layout.pc(index));
    if (pc === FINISHED || pc === NOT_CREATED) return;
    const mayStay = idle === undefined ? daemon : pc === idle;
    if (!mayStay) left |= 1 << index;
  });
  return left;
}

/** The blocked threads on a circle of waiting for locks, sections and joins, and those that wait for them. */
function waitForEver(machine: Machine): number {
  const { world, threads } = machine;
  const waits = threads.map((_, t) => world.pending(t)?.waitsFor?.(world, t) ?? 0);
  // Whoever waits for nobody that waits is not among them; what remains without those is.
  let candidates = 0;
  waits.forEach((set, t) => {
    if (set !== 0) candidates |= 1 << t;
  });
  for (;;) {
    const next = waits.reduce(
      (set, targets, t) => ((targets & candidates) !== 0 ? set : set & ~(1 << t)),
      candidates,
    );
    if (next === candidates) return next;
    candidates = next;
  }
}
