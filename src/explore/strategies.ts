import type { Scheduler } from '../engine/scheduler.js';
import type { Session } from '../engine/session.js';
import type { Calibration } from './calibration.js';
import { DepthFirst } from './dfs.js';
import { BoundedDpor } from './dpor/bounded.js';
import { OptimalDpor } from './dpor/dpor.js';
import type { Settings, StrategyName } from './options.js';
import { ConcurrencyTesting, estimateLength } from './pct.js';
import { Portfolio } from './portfolio.js';
import { PartialOrderSampling } from './pos.js';
import { RandomWalk } from './random.js';
import type { Strategy } from './strategy.js';

/** Runs one more execution, which counts for nothing. @internal */
export type Execute = (scheduler: Scheduler) => void;

/** Makes the strategy of each name. @internal */
export const strategies: Record<
  StrategyName,
  (settings: Settings, session: Session, execute: Execute, calibration: Calibration) => Strategy
> = {
  dpor: ({ preemptions }, session, execute) =>
    preemptions === undefined ? new OptimalDpor(session, execute) : new BoundedDpor(preemptions),
  dfs: ({ preemptions, delays }) => new DepthFirst({ preemptions, delays }),
  random: ({ seed }) => new RandomWalk(seed),
  pct: (settings, _session, _execute, calibration) =>
    new ConcurrencyTesting({ ...settings, length: estimateLength(settings, calibration) }),
  pos: ({ seed }) => new PartialOrderSampling(seed),
  portfolio: (settings, _session, _execute, calibration) => {
    const { seed } = settings;
    const length = estimateLength(settings, calibration);
    const pct = [2, 3, 4].map((depth) => new ConcurrencyTesting({ seed, depth, length }));
    return new Portfolio([new RandomWalk(seed), ...pct, new PartialOrderSampling(seed)]);
  },
};
