// Explores scenarios with one site dropped, or none, and says what was found and which sites were passed.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

/**
 * @typedef {import('../../scenarios/entry.js').ScenarioEntry} Entry
 * @typedef {{ scenario: number, drop: number | undefined, maxExecutions: number, firstOnly: boolean, glance?: boolean }} Task
 * @typedef {{ outcome: string, violated: boolean, complete: boolean, steps: number, passed: number[] }} Answer
 */

const switches = {
  dropped: -1,
  /** @type {Set<number>} */
  passed: new Set(),
  /** @param {number} site */
  on(site) {
    switches.passed.add(site);
    return switches.dropped === site;
  },
  /**
   * @template T
   * @param {T} value
   */
  *give(value) {
    return value;
  },
};
Object.assign(globalThis, { necessity: switches });

const { folder } = /** @type {{ folder: string }} */ (workerData);
/** @param {string} file */
const load = (file) => import(pathToFileURL(path.join(folder, file)).href);
const { explore } = /** @type {typeof import('../../src/index.js')} */ (await load('src/index.js'));
const { labelsOf } = /** @type {typeof import('../../properties/index.js')} */ (
  await load('properties/index.js')
);
const { scenarios } = /** @type {typeof import('../../scenarios/index.js')} */ (
  await load('scenarios/index.js')
);

/**
 * @param {Task} task
 * @returns {Answer}
 */
function run({ scenario, drop, maxExecutions, firstOnly, glance = false }) {
  const entry = /** @type {Entry} */ (scenarios[scenario]);
  switches.dropped = drop ?? -1;
  switches.passed.clear();
  const stop = firstOnly ? { stopAfter: 1 } : {};
  const report = explore(entry.scenario, { seed: 1, ...entry.options, ...stop, maxExecutions });
  // The first executions of a search are much alike.
  if (glance) explore(entry.scenario, { seed: 1, strategy: 'random', maxExecutions });
  const found = report.violations.map((each) => [each.kind, ...labelsOf(each)].join(' '));
  return {
    outcome: [...new Set(found)].sort().join(', '),
    violated: report.verdict === 'violated',
    complete: report.complete,
    steps: report.steps,
    passed: [...switches.passed],
  };
}

parentPort?.on('message', (/** @type {Task} */ task) => parentPort?.postMessage(run(task)));
parentPort?.postMessage(scenarios.map((entry) => entry.scenario.name));
