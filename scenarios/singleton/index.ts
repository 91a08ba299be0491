import type { Family } from '../entry.js';
import { pairs } from '../matrix.js';
import { claims, differences } from './claims.js';
import { designs, type SingletonRow } from './designs.js';
import { type Hazard, scenarioOf } from './hazard.js';
import { chardev, cpuModel, objectAddTwice } from './hazards/commands.js';
import { twoCreatorsLocked, twoCreatorsUnlocked } from './hazards/creators.js';
import {
  creationAfterIntrospection,
  introspectionAfter,
  introspectionBefore,
  introspectionDuring,
} from './hazards/introspection.js';
import {
  beforeMachine,
  failedRealize,
  secondHotPlugged,
  secondOnCommandLine,
  siblingHotPlugged,
  siblingOnCommandLine,
  virtioOnCommandLine,
} from './hazards/iommus.js';
import { lockedLookUp, unlockedLookUp } from './hazards/look-ups.js';

/** How an object of which there is one is created, found and forgotten: every design under every hazard. */
export const singleton: Family = {
  name: 'singleton',
  question: 'How is an object of which there may be one created, found and forgotten?',
  entries: pairs<SingletonRow, Hazard>({
    family: 'singleton',
    designs,
    hazards: [
      twoCreatorsUnlocked,
      twoCreatorsLocked,
      unlockedLookUp,
      lockedLookUp,
      introspectionBefore,
      creationAfterIntrospection,
      introspectionDuring,
      introspectionAfter,
      chardev,
      cpuModel,
      objectAddTwice,
      secondOnCommandLine,
      siblingOnCommandLine,
      virtioOnCommandLine,
      secondHotPlugged,
      siblingHotPlugged,
      failedRealize,
      beforeMachine,
    ],
    build: (row, hazard, name) => scenarioOf(hazard, row, name),
    claims,
    differences,
  }),
};
