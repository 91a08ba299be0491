import type { Declaration, Instruction, PlainCall, Program, ThreadDeclaration } from './program.js';

/** Short words to write programs by hand. */

export const atomic = (name: string, initial = 0): Declaration => ({
  kind: 'atomic',
  name,
  initial,
});
export const plain = (name: string, initial = 0): Declaration => ({ kind: 'plain', name, initial });
export const mutex = (name: string): Declaration => ({ kind: 'mutex', name });

export const R = (on: string, to = 0): Instruction => ({ op: 'atomic.load', on, to });
export const W = (on: string, value = 1): Instruction => ({ op: 'atomic.store', on, value });
export const RMW = (on: string): Instruction => ({ op: 'atomic.fetchAdd', on, value: 1 });
export const CAS = (on: string, expected: number, desired: number, to = 0): Instruction => ({
  op: 'atomic.compareExchange',
  on,
  expected,
  desired,
  to,
});
export const lock = (on: string): Instruction => ({ op: 'mutex.lock', on });
export const unlock = (on: string): Instruction => ({ op: 'mutex.unlock', on });
/** Operations with no argument but the object. */
export const act = (op: PlainCall, on: string): Instruction => ({ op, on });
export const whenEqual = (
  reg: number,
  than: number,
  then: readonly Instruction[],
): Instruction => ({ op: 'if', test: { reg, is: '==', than }, then });

export const thread = (name: string, ...body: Instruction[]): ThreadDeclaration => ({ name, body });

export const program = (
  name: string,
  objects: readonly Declaration[],
  threads: readonly ThreadDeclaration[],
  more: Partial<Program> = {},
): Program => ({ name, objects, threads, ...more });

/** [make(0), …, make(n - 1)] */
export function times<T>(n: number, make: (i: number) => T): T[] {
  return Array.from({ length: n }, (_, i) => make(i));
}
