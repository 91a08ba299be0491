import type { FailureCount } from '../../explore/parts.js';
import type { Report } from '../../explore/report.js';
import type { SavedSearch } from '../../explore/saved.js';
import type { Violation } from '../../replay/violation.js';
import { count } from '../../report/numbers.js';
import { readCheckpoint, removeCheckpoint, writeCheckpoint } from '../checkpoint/file.js';
import { type GivenOptions, searchOne } from '../explore-one.js';
import { simplerOf, withSimpler } from '../minimize-one.js';
import type { Terminal } from '../terminal.js';
import type { RunValues } from './options.js';
import type { Planned } from './plan.js';

/** A scenario that was explored. */
export interface Explored {
  /** With violations as they were found. */
  readonly found: Report;
  /** With violations as they are shown. */
  readonly report: Report;
  /** For each violation a simpler one; undefined where there is none. */
  readonly simpler: readonly (Violation | undefined)[];
  /** See `Part`. */
  readonly failures: readonly FailureCount[];
}

/** Explores a scenario in this thread. */
export function exploreHere(
  planned: Planned,
  values: Pick<RunValues, 'checkpoint'>,
  terminal: Terminal,
): Explored {
  const { checkpoint } = values;
  const { selected } = planned;
  const options = optionsNow(planned);
  const saved =
    checkpoint === undefined ? undefined : readCheckpoint(checkpoint, selected, options);
  if (saved !== undefined) logResumed(saved, checkpoint, terminal);
  const {
    report: found,
    failures,
    save,
  } = searchOne(selected, options, terminal, saved, planned.brief);
  if (checkpoint !== undefined) {
    if (save === undefined) removeCheckpoint(checkpoint);
    else {
      writeCheckpoint(checkpoint, selected, options, save());
      terminal.log(`qomcheck: saved to "${checkpoint}"; the same command goes on from there\n`);
    }
  }
  return { ...simplified(planned, found, terminal), failures };
}

/** The options of a search that begins now. */
export function optionsNow({ options, timeLimitMs }: Planned): GivenOptions {
  return timeLimitMs === undefined ? options : { ...options, timeLimitMs: timeLimitMs() };
}

/** Makes violations simpler, as far as that is wanted and there is time. */
export function simplified(
  { selected, simplify }: Planned,
  found: Report,
  terminal: Terminal,
): Omit<Explored, 'failures'> {
  const simpler = simplerOf(selected.scenario, found, simplify, terminal);
  return { found, simpler, report: withSimpler(found, simpler) };
}

function logResumed(saved: SavedSearch, path: string | undefined, terminal: Terminal): void {
  const done = count(saved.executions, 'execution');
  terminal.log(`qomcheck: goes on after ${done} saved in "${path ?? ''}"\n`);
}
