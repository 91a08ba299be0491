import { type MigrationDesign, referenceInsideThread, upstream } from '../../models/index.js';
import type { Sim } from '../../src/index.js';
import type { Bug } from '../historic.js';
import { shutdownVsThreadStart } from '../migration/hazards/shutdown-vs-thread-start.js';
import { migrationOf } from './migration-of.js';

function quitAtOnce(design: MigrationDesign) {
  return (sim: Sim): void => shutdownVsThreadStart.threads(sim, migrationOf(sim, design));
}

/** The migration thread takes its reference when it begins, which is after the process has dropped the last one. */
export const threadReference: Bug = {
  name: 'thread-reference',
  title: 'migration: thread begins too late',
  description: 'quit before the migration thread has begun and taken its reference',
  commit: '7fc8beb16e',
  before: quitAtOnce(referenceInsideThread),
  after: quitAtOnce(upstream),
};
