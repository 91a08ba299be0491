import type { FailureCount } from '../../explore/parts.js';
import type { Report } from '../../explore/report.js';
import type { SavedSearch } from '../../explore/saved.js';
import { count } from '../../report/numbers.js';
import { readCheckpoint, removeCheckpoint, writeCheckpoint } from '../checkpoint/file.js';
import { searchOne } from '../explore-one.js';
import { minimizeReport } from '../minimize-one.js';
import type { Terminal } from '../terminal.js';
import type { RunValues } from './options.js';
import type { Planned } from './plan.js';

/** A scenario that was explored. */
export interface Explored {
  /** With violations as they were found. */
  readonly found: Report;
  /** With violations as they are shown. */
  readonly report: Report;
  /** See `Part`. */
  readonly failures: readonly FailureCount[];
}

/** Explores a scenario in this thread. */
export function exploreHere(planned: Planned, values: RunValues, terminal: Terminal): Explored {
  const { checkpoint } = values;
  const { selected, options } = planned;
  const saved =
    checkpoint === undefined ? undefined : readCheckpoint(checkpoint, selected, options);
  if (saved !== undefined) logResumed(saved, checkpoint, terminal);
  const { report: found, failures, save } = searchOne(selected, options, terminal, saved);
  if (checkpoint !== undefined) {
    if (save === undefined) removeCheckpoint(checkpoint);
    else {
      writeCheckpoint(checkpoint, selected, options, save());
      terminal.log(`qomcheck: saved to "${checkpoint}"; the same command goes on from there\n`);
    }
  }
  return { found, report: shown(planned, found, values, terminal), failures };
}

/** The report as it is shown: with its violations made simpler, unless that was not asked for or there is no time. */
export function shown(
  { selected }: Planned,
  found: Report,
  values: RunValues,
  terminal: Terminal,
): Report {
  const asFound = values['no-minimize'] === true || terminal.interrupted();
  return asFound ? found : minimizeReport(selected.scenario, found, terminal);
}

function logResumed(saved: SavedSearch, path: string | undefined, terminal: Terminal): void {
  const done = count(saved.executions, 'execution');
  terminal.log(`qomcheck: goes on after ${done} saved in "${path ?? ''}"\n`);
}
