import { UsageError } from '../engine/errors.js';
import { type Searched, search } from '../explore/explore.js';
import {
  boundsOf,
  type ExploreOptions,
  resolveOptions,
  type StrategyName,
  strategyNames,
} from '../explore/options.js';
import type { SavedSearch } from '../explore/saved.js';
import { grouped } from '../report/numbers.js';
import type { Scenario } from '../sim/scenario.js';
import type { Selected } from './catalogue/selected.js';
import { placeOf } from './place.js';
import { Problem } from './problem.js';
import type { Terminal } from './terminal.js';

/** Options as given on a command line. */
export type GivenOptions = ExploreOptions;

const bounds: readonly string[] = ['preemptions', 'delays', 'depth'];

/**
 * The scenario's own options under those given. A strategy that was named takes none of the scenario's bounds that it does not have;
 * where none was, the bounds decide, if the default strategy does not have them.
 */
export function combine({ scenario, options: own }: Selected, given: GivenOptions): GivenOptions {
  const strategy = given.strategy ?? own.strategy ?? preferred(scenario, own);
  const has: readonly string[] = boundsOf[strategy];
  const kept = Object.entries(own).filter(([name]) => !bounds.includes(name) || has.includes(name));
  return { ...Object.fromEntries(kept), ...given, strategy };
}

function preferred(scenario: Scenario, own: ExploreOptions): StrategyName {
  const wanted = Object.keys(own).filter((name) => bounds.includes(name));
  const all = [resolveOptions(scenario, {}).strategy, ...strategyNames];
  const suits = (name: StrategyName): boolean => {
    const has: readonly string[] = boundsOf[name];
    return wanted.every((bound) => has.includes(bound));
  };
  return all.find(suits) ?? (all[0] as StrategyName);
}

/**
 * Explores a scenario, shows progress and ends early when the user interrupts.
 *
 * @param saved - an earlier search to go on with
 * @param brief - as in `search`
 * @throws Problem when the scenario or an option is written wrongly.
 */
export function searchOne(
  { scenario }: Selected,
  options: GivenOptions,
  terminal: Terminal,
  saved?: SavedSearch,
  brief = false,
): Searched {
  const onProgress: ExploreOptions['onProgress'] = ({ executions, failing, elapsedMs }) => {
    const failed = failing === 0 ? '' : `, ${grouped(failing)} failing`;
    const seconds = (elapsedMs / 1000).toFixed(1);
    terminal.progress(`${scenario.name}: ${grouped(executions)} executions${failed}, ${seconds} s`);
    return !terminal.interrupted();
  };
  // What is wrong with the options has nothing to do with the place where it is noticed.
  resolveOptions(scenario, options);
  return asProblem(scenario.name, () => search(scenario, { ...options, onProgress }, saved, brief));
}

/** Runs what may find the scenario written wrongly, and then says where. */
export function asProblem<T>(name: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const at = placeOf(error);
    const where = at === undefined ? '' : ` (${at})`;
    throw new Problem('bad-scenario', `scenario "${name}": ${error.message}${where}`);
  }
}
