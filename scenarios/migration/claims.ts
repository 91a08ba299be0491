import {
  bottomHalfWithoutReference,
  clearInFinalize,
  getInstance,
  joinDrainClear,
  joinHoldingLock,
  joinThenClear,
  type MigrationDesign,
  neverFreed,
  pointerMutex,
  referenceInsideThread,
  secondPointer,
  singleton,
  upstream,
} from '../../models/index.js';
import type { ScenarioEntry } from '../entry.js';
import * as from from './sources.js';

type Claim = ScenarioEntry['claim'];

/** What the debate says of a design, hazard by hazard. */
export interface Claims {
  readonly design: MigrationDesign;
  readonly source: string;
  readonly bottomHalf: Claim;
  readonly threadStart: Claim;
  readonly running: Claim;
  readonly lockedHelper: Claim;
  readonly unlockedHelper: Claim;
  readonly migratingLockedHelper: Claim;
  readonly migratingUnlockedHelper: Claim;
  readonly introspection: Claim;
  /** Of singletons only. */
  readonly creationRace?: Claim;
}

/** That the design keeps what it promises to those who hold the big lock. */
const keepsItsPromise = {
  bottomHalf: 'verified',
  threadStart: 'verified',
  running: 'verified',
  lockedHelper: 'verified',
  migratingLockedHelper: 'verified',
  introspection: 'verified',
} as const;

/** The pointer is left behind whenever the process ends, and whoever follows it touches freed memory. */
const leavesThePointer = {
  bottomHalf: 'invariant',
  threadStart: 'invariant',
  running: 'invariant',
  lockedHelper: 'use-after-free',
  unlockedHelper: 'use-after-free',
  migratingLockedHelper: 'use-after-free',
  migratingUnlockedHelper: 'use-after-free',
  introspection: 'verified',
} as const;

/** Every design with its claims, in the order of tables. */
export const claims: readonly Claims[] = [
  { design: upstream, source: from.singletonSeries, ...leavesThePointer },
  {
    design: referenceInsideThread,
    source: from.threadStartCommit,
    ...leavesThePointer,
    threadStart: 'use-after-free',
  },
  {
    design: bottomHalfWithoutReference,
    source: from.bottomHalfCommit,
    ...leavesThePointer,
    bottomHalf: 'use-after-free',
    threadStart: 'use-after-free',
    running: 'use-after-free',
  },
  {
    // Withdrawn for what introspection does to it; that a helper needs more than a pointer reset is what the mutex was for.
    design: clearInFinalize,
    source: from.mutexPatch,
    ...keepsItsPromise,
    unlockedHelper: 'use-after-free',
    migratingUnlockedHelper: 'use-after-free',
    introspection: 'assertion',
  },
  {
    // The series says that it resets the pointer properly, and names no exception.
    design: singleton,
    source: from.singletonSeries,
    ...keepsItsPromise,
    creationRace: 'invariant',
    unlockedHelper: 'verified',
    migratingUnlockedHelper: 'verified',
  },
  {
    design: getInstance,
    source: from.singletonSeries,
    ...keepsItsPromise,
    creationRace: 'invariant',
    unlockedHelper: 'refcount',
    migratingUnlockedHelper: 'refcount',
  },
  {
    design: pointerMutex,
    source: from.mutexPatch,
    ...keepsItsPromise,
    creationRace: 'assertion',
    unlockedHelper: 'verified',
    migratingUnlockedHelper: 'verified',
  },
  {
    // The thread needs the big lock to end; a process that has no migration has nothing to join.
    design: joinHoldingLock,
    source: from.joinThread2019,
    ...keepsItsPromise,
    bottomHalf: 'deadlock',
    threadStart: 'deadlock',
    running: 'deadlock',
    migratingLockedHelper: 'deadlock',
    unlockedHelper: 'use-after-free',
    migratingUnlockedHelper: 'use-after-free',
  },
  {
    // Join, drop the last reference, clear the pointer: said to be all that is needed.
    design: joinThenClear,
    source: from.joinThread2019,
    ...keepsItsPromise,
    unlockedHelper: 'use-after-free',
    migratingUnlockedHelper: 'use-after-free',
  },
  {
    design: joinDrainClear,
    source: from.joinThread2019,
    ...keepsItsPromise,
    unlockedHelper: 'use-after-free',
    migratingUnlockedHelper: 'use-after-free',
  },
  {
    design: neverFreed,
    source: from.singletonSeries,
    ...keepsItsPromise,
    unlockedHelper: 'verified',
    migratingUnlockedHelper: 'verified',
  },
  {
    // The question to this one was who takes the lock.
    design: secondPointer,
    source: from.singletonSeries,
    ...keepsItsPromise,
    unlockedHelper: 'use-after-free',
    migratingUnlockedHelper: 'use-after-free',
  },
];
