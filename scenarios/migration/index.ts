import type { ScenarioEntry } from '../entry.js';
import { type Claims, claims } from './claims.js';
import { differences } from './differences.js';
import { type Hazard, scenarioOf } from './hazard.js';
import { creationRace } from './hazards/creation-race.js';
import { introspection } from './hazards/introspection.js';
import { shutdownVsBottomHalf } from './hazards/shutdown-vs-bottom-half.js';
import {
  migratingVsLockedHelper,
  migratingVsUnlockedHelper,
  shutdownVsLockedHelper,
  shutdownVsUnlockedHelper,
} from './hazards/shutdown-vs-helper.js';
import { shutdownVsRunning } from './hazards/shutdown-vs-running.js';
import { shutdownVsThreadStart } from './hazards/shutdown-vs-thread-start.js';

/** A hazard, and where a row has its claim, if the hazard is one for the row's design. */
type Column = readonly [Hazard, (row: Claims) => ScenarioEntry['claim'] | undefined];

const columns: readonly Column[] = [
  [shutdownVsBottomHalf, (row) => row.bottomHalf],
  [shutdownVsThreadStart, (row) => row.threadStart],
  [shutdownVsRunning, (row) => row.running],
  [shutdownVsLockedHelper, (row) => row.lockedHelper],
  [shutdownVsUnlockedHelper, (row) => row.unlockedHelper],
  [migratingVsLockedHelper, (row) => row.migratingLockedHelper],
  [migratingVsUnlockedHelper, (row) => row.migratingUnlockedHelper],
  [introspection, (row) => row.introspection],
  [creationRace, (row) => row.creationRace],
];

function entriesOf(row: Claims): ScenarioEntry[] {
  return columns.flatMap(([hazard, claimOf]) => {
    const claim = claimOf(row);
    if (claim === undefined) return [];
    const scenario = scenarioOf(hazard, row.design, row.source);
    // One thing that is wrong does not hide the next: a pointer left behind, and what comes of it.
    const options = { stopAfter: Infinity };
    const difference = differences.get(scenario.name);
    return [{ scenario, claim, options, ...(difference === undefined ? {} : { difference }) }];
  });
}

/** Who keeps the migration object alive, and who resets the pointer to it: every design against every hazard. */
export const migration: readonly ScenarioEntry[] = claims.flatMap(entriesOf);
