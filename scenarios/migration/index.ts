import type { Family } from '../entry.js';
import { pairs } from '../matrix.js';
import { claims } from './claims.js';
import { designs, type MigrationRow } from './designs.js';
import { differences } from './differences.js';
import { type Hazard, scenarioOf } from './hazard.js';
import { creationRace } from './hazards/creation-race.js';
import { helperBeforeInit } from './hazards/helper-before-init.js';
import { introspection } from './hazards/introspection.js';
import { introspectionAfter } from './hazards/introspection-after.js';
import { shutdownVsBottomHalf } from './hazards/shutdown-vs-bottom-half.js';
import {
  migratingVsLockedHelper,
  migratingVsUnlockedHelper,
  shutdownVsLockedHelper,
  shutdownVsUnlockedHelper,
} from './hazards/shutdown-vs-helper.js';
import { shutdownVsIncoming } from './hazards/shutdown-vs-incoming.js';
import { shutdownVsReturnPath } from './hazards/shutdown-vs-return-path.js';
import { shutdownVsRunning } from './hazards/shutdown-vs-running.js';
import { shutdownVsThreadStart } from './hazards/shutdown-vs-thread-start.js';

/** Who keeps the migration object alive, and who resets the pointer to it: every design under every hazard. */
export const migration: Family = {
  name: 'migration',
  question: "Who keeps QEMU's migration object alive, and who resets current_migration?",
  entries: pairs<MigrationRow, Hazard>({
    family: 'migration',
    designs,
    hazards: [
      shutdownVsBottomHalf,
      shutdownVsThreadStart,
      shutdownVsRunning,
      shutdownVsReturnPath,
      shutdownVsLockedHelper,
      shutdownVsUnlockedHelper,
      migratingVsLockedHelper,
      migratingVsUnlockedHelper,
      shutdownVsIncoming,
      introspection,
      introspectionAfter,
      helperBeforeInit,
      creationRace,
    ],
    applicable: ({ model }, hazard) => {
      // Two creators are a hazard for a design that promises one instance.
      if (hazard === creationRace) return model.singleton;
      // An incoming migration looks for its options in the object of the process.
      return hazard !== shutdownVsIncoming || !model.objectPerMigration;
    },
    build: (design, hazard, name) => scenarioOf(hazard, design.model, name, design.where),
    // Where the object goes under three threads at once, each of them goes on in many ways.
    options: ({ model }, hazard) =>
      hazard === shutdownVsReturnPath && !model.bottomHalfReferences ? { preemptions: 2 } : {},
    claims,
    differences,
  }),
};
