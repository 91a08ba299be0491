import { type Condition, compare, type LocalTest, type Value } from '../program.js';
import type { Block, Variable } from './objects.js';
import type { World } from './world.js';

export function evaluate(w: World, thread: number, value: Value): number {
  if (typeof value === 'number') return value;
  return w.get(w.layout.register(thread, value.reg)) + (value.plus ?? 0);
}

export function holds(w: World, thread: number, test: LocalTest): boolean {
  return compare(
    w.get(w.layout.register(thread, test.reg)),
    test.is,
    evaluate(w, thread, test.than),
  );
}

/** How a condition looks at the world; the implementations differ in what they note about it. */
export interface Peeking {
  value(variable: Variable): number;
  alive(block: Block): boolean;
}

/** A condition whose names are resolved. */
export type Predicate = (peeking: Peeking) => boolean;

export interface Names {
  variable(name: string): Variable;
  block(name: string): Block;
}

export function resolve(condition: Condition, names: Names): Predicate {
  if ('all' in condition) {
    const parts = condition.all.map((part) => resolve(part, names));
    return (peeking) => parts.every((part) => part(peeking));
  }
  if ('any' in condition) {
    const parts = condition.any.map((part) => resolve(part, names));
    return (peeking) => parts.some((part) => part(peeking));
  }
  if ('alive' in condition) {
    const block = names.block(condition.alive);
    return (peeking) => peeking.alive(block);
  }
  const left = names.variable(condition.variable);
  const { is, than } = condition;
  if (typeof than === 'number') return (peeking) => compare(peeking.value(left), is, than);
  const right = names.variable(than.variable);
  return (peeking) => {
    const seen = peeking.value(left);
    return compare(seen, is, peeking.value(right));
  };
}

/** Looks without leaving a trace: for invariants, final checks, and whether `until` is enabled. */
export function silently(w: World): Peeking {
  return { value: (variable) => variable.peek(w), alive: (block) => block.isAlive(w) };
}
