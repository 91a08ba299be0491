import { joinDrainClear, upstream } from '../../models/index.js';
import type { ScenarioEntry } from '../entry.js';
import { scenarioOf } from './hazard.js';
import { shutdownVsBottomHalf } from './hazards/shutdown-vs-bottom-half.js';

export const migration: readonly ScenarioEntry[] = [
  {
    scenario: scenarioOf(shutdownVsBottomHalf, upstream, 'x'),
    claim: 'invariant',
    options: { preemptions: 2 },
  },
  {
    scenario: scenarioOf(shutdownVsBottomHalf, joinDrainClear, 'x'),
    claim: 'verified',
    options: { preemptions: 2 },
  },
];
