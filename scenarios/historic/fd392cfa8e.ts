import { bottomHalfWithoutReference, type MigrationDesign, upstream } from '../../models/index.js';
import type { Sim } from '../../src/index.js';
import type { Bug } from '../historic.js';
import { shutdownVsBottomHalf } from '../migration/hazards/shutdown-vs-bottom-half.js';
import { migrationOf } from './migration-of.js';

function quitOnCompletion(design: MigrationDesign) {
  return (sim: Sim): void => shutdownVsBottomHalf.threads(sim, migrationOf(sim, design));
}

/** The bottom half that cleans up runs while the process ends, on an object that was only the thread's. */
export const cleanupBottomHalf: Bug = {
  name: 'cleanup-bottom-half',
  title: 'migration: cleanup after the last reference',
  description: 'quit on completion, and the cleanup bottom half runs when the object is gone',
  commit: 'fd392cfa8e',
  before: quitOnCompletion(bottomHalfWithoutReference),
  after: quitOnCompletion(upstream),
};
