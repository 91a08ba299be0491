import type { Program } from './program.js';

/** The same program with its threads created in another order: the i-th is the old `permutation[i]`-th. */
export function permuteThreads(program: Program, permutation: readonly number[]): Program {
  const threads = permutation.map((index) => {
    const thread = program.threads[index];
    if (thread === undefined) throw new Error(`there is no thread number ${String(index)}`);
    return thread;
  });
  if (new Set(threads).size !== program.threads.length) {
    throw new Error('not a permutation of the threads');
  }
  return { ...program, threads };
}

/** All n! orders of 0..n-1. */
export function everyPermutation(n: number): number[][] {
  if (n === 0) return [[]];
  return everyPermutation(n - 1).flatMap((shorter) =>
    Array.from({ length: n }, (_, at) => [...shorter.slice(0, at), n - 1, ...shorter.slice(at)]),
  );
}
