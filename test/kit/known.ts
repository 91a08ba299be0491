import type { Known } from './known/entry.js';
import { lifetimes } from './known/lifetimes.js';
import { locks } from './known/locks.js';
import { published } from './known/published.js';
import { time } from './known/time.js';
import { variables } from './known/variables.js';

export type { Known } from './known/entry.js';
export * from './known/programs.js';

/** Programs with known numbers: published ones, then those that a short argument gives. */
export function known(): Known[] {
  return [...published(), ...variables(), ...locks(), ...lifetimes(), ...time()];
}
