import { isExhaustive, resolveOptions } from '../../explore/options.js';
import { type Explored, exploreHere, optionsNow, simplified } from '../run/here.js';
import type { RunValues } from '../run/options.js';
import type { Planned } from '../run/plan.js';
import type { Terminal } from '../terminal.js';
import { type Job, WholeJob } from './job.js';
import { Pool } from './pool.js';
import { RangeJob } from './range-job.js';

/** Explores scenarios, in this thread or in others. */
export interface Explorer {
  /** The result of one of the planned scenarios; undefined when an interrupt came first. To be asked in order. */
  explore(index: number): Promise<Explored | undefined>;
  close(): Promise<void>;
}

/** Explores what is planned, with as many threads as were asked for. */
export function explorerFor(
  planned: readonly Planned[],
  args: readonly string[],
  values: Pick<RunValues, 'workers' | 'checkpoint'>,
  terminal: Terminal,
): Explorer {
  const { workers = 1, checkpoint } = values;
  const jobs = planned.map((each) => jobFor(each, values, terminal));
  const useful = jobs.some((job) => job instanceof RangeJob) ? workers : jobs.length;
  const size = Math.min(workers, useful);
  if (size <= 1 || checkpoint !== undefined) return inThisThread(planned, values, terminal);
  const pool = new Pool(size, args, terminal);
  const all = jobs.map((job) => pool.explore(job));
  // What is wrong with a scenario is said when its turn comes.
  for (const each of all) each.catch(() => undefined);
  return {
    explore: (index) => all[index] as Promise<Explored | undefined>,
    close: () => pool.close(),
  };
}

function inThisThread(
  planned: readonly Planned[],
  values: Pick<RunValues, 'workers' | 'checkpoint'>,
  terminal: Terminal,
): Explorer {
  const here = (index: number): Explored | undefined =>
    terminal.interrupted() ? undefined : exploreHere(planned[index] as Planned, values, terminal);
  return {
    explore: (index) => Promise.resolve(index).then(here),
    close: () => Promise.resolve(),
  };
}

function jobFor(planned: Planned, values: Pick<RunValues, 'workers'>, terminal: Terminal): Job {
  const { selected, options, simplify, brief = false } = planned;
  const { scenario } = selected;
  const settings = resolveOptions(scenario, options);
  if (isExhaustive[settings.strategy]) {
    return new WholeJob(scenario.name, () => ({
      scenario: scenario.name,
      options: optionsNow(planned),
      simplify,
      brief,
    }));
  }
  const { seed, firstExecution, maxExecutions, stopAfter, timeLimitMs } = settings;
  return new RangeJob(
    {
      scenario: scenario.name,
      // A seed that nobody gave is made up once.
      options: { ...options, seed },
      firstExecution,
      maxExecutions,
      stopAfter,
      timeLimitMs,
      workers: values.workers ?? 1,
    },
    (found) => simplified(planned, found, terminal),
  );
}
