// Drops each reference, lock, join, grace period, publication and clearing of a pointer in the models in turn, and asks whether a scenario
// notices. The answer is a table in models/README.md. Ends with 1 if there is a site that nothing notices and that exceptions.json gives no reason for.
import { readFileSync, writeFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { instrument } from './instrument.js';
import { keyOf } from './sites.js';
import { tableInto, witnessesIn } from './table.js';

/**
 * @typedef {import('./worker.js').Task} Task
 * @typedef {import('./worker.js').Answer} Answer
 * @typedef {import('./instrument.js').NumberedSite} NumberedSite
 * @typedef {Answer & { scenario: number, name: string }} Glance
 * @typedef {{ site: NumberedSite, noticed: string | undefined, passed: boolean }} Finding
 */

/** How many threads work. */
const workers = 2;
/** What a scenario may cost, as it is and with something dropped. No clock: the table is to be the same on every machine. */
const maxExecutions = 2000;
/** What a site may cost, in steps. */
const siteLimit = 5_000_000;
/** How many executions are looked at to see which sites a scenario passes. */
const executionsAtFirst = 10;
const readme = 'models/README.md';

const { folder, sites } = instrument();
const witnesses = witnessesIn(readFileSync(readme, 'utf8'));

/** A thread that answers one task after another. */
class Explorer {
  constructor() {
    this.thread = new Worker(new URL('worker.js', import.meta.url), { workerData: { folder } });
    /** @type {Promise<string[]>} */
    this.names = this.next();
  }

  /**
   * What the thread says next; if it dies, the process does.
   *
   * @returns {Promise<any>}
   */
  next() {
    return new Promise((resolve) => this.thread.once('message', resolve));
  }

  /**
   * @param {Task} task
   * @returns {Promise<Answer>}
   */
  ask(task) {
    const answer = this.next();
    this.thread.postMessage(task);
    return answer;
  }
}

/**
 * Does something with each item, on all explorers.
 *
 * @template T, R
 * @param {Explorer[]} explorers
 * @param {T[]} items
 * @param {(explorer: Explorer, item: T, index: number) => Promise<R>} body
 * @returns {Promise<R[]>}
 */
async function each(explorers, items, body) {
  /** @type {R[]} */
  const results = [];
  let next = 0;
  const work = async (/** @type {Explorer} */ explorer) => {
    while (next < items.length) {
      const index = next++;
      results[index] = await body(explorer, /** @type {T} */ (items[index]), index);
      if (process.stderr.isTTY) process.stderr.write(`\r${next}/${items.length} `);
    }
  };
  await Promise.all(explorers.map(work));
  return results;
}

/**
 * What a scenario finds with nothing dropped; each is explored once.
 *
 * @param {Explorer} explorer
 * @param {number} scenario
 */
function asItIs(explorer, scenario) {
  const known = asTheyAre.get(scenario);
  if (known !== undefined) return known;
  const answer = explorer.ask({ scenario, drop: undefined, maxExecutions, firstOnly: false });
  asTheyAre.set(scenario, answer);
  return answer;
}

/**
 * Whether a scenario that passes a site notices that it is dropped: what held is violated, or something else goes wrong. Those that held
 * at first sight are asked first, the cheapest first.
 *
 * @param {Explorer} explorer
 * @param {NumberedSite} site
 * @param {Glance[]} glances
 * @returns {Promise<Finding>}
 */
async function examine(explorer, site, glances) {
  const candidates = inOrder(
    glances.filter(({ passed }) => passed.includes(site.id)),
    witnesses.get(keyOf(site)),
  );
  let spent = 0;
  for (const { scenario, name, violated } of candidates) {
    if (spent > siteLimit) break;
    const after = await explorer.ask({
      scenario,
      drop: site.id,
      maxExecutions,
      firstOnly: !violated,
    });
    spent += after.steps;
    if (!violated && !after.violated) continue;
    const before = await asItIs(explorer, scenario);
    spent += before.steps;
    if (!before.violated) return { site, noticed: `${name}: ${after.outcome}`, passed: true };
    if (!violated || !before.complete || !after.complete) continue;
    if (before.outcome === after.outcome) continue;
    const now = after.outcome === '' ? 'verified' : after.outcome;
    return { site, noticed: `${name}: ${now} instead of ${before.outcome}`, passed: true };
  }
  return { site, noticed: undefined, passed: candidates.length > 0 };
}

/**
 * First the one that noticed last time; then one of each hazard, then a second; those that held at first sight before the others, the
 * cheapest first.
 *
 * @param {Glance[]} candidates
 * @param {string | undefined} witness
 */
function inOrder(candidates, witness) {
  /** @type {Map<string, number>} */
  const seen = new Map();
  const sorted = [...candidates].sort((a, b) => rank(a) - rank(b) || a.steps - b.steps);
  const turns = new Map(
    sorted.map((glance) => {
      const hazard = glance.name.replace(/\/.*\//, ' ');
      const turn = seen.get(hazard) ?? 0;
      seen.set(hazard, turn + 1);
      return [glance, glance.name === witness ? -1 : turn];
    }),
  );
  return sorted.sort((a, b) => (turns.get(a) ?? 0) - (turns.get(b) ?? 0) || rank(a) - rank(b));
}

/** @param {Glance} glance */
function rank({ violated, complete }) {
  return Number(violated) * 2 + Number(!complete);
}

const explorers = Array.from({ length: workers }, () => new Explorer());
const [names = []] = await Promise.all(explorers.map((explorer) => explorer.names));
/** @type {Map<number, Promise<Answer>>} */
const asTheyAre = new Map();
const glances = await each(explorers, names, async (explorer, name, scenario) => {
  const few = { maxExecutions: executionsAtFirst, firstOnly: false, glance: true };
  const task = { scenario, drop: undefined, ...few };
  return { scenario, name, ...(await explorer.ask(task)) };
});
const findings = await each(explorers, sites, (explorer, site) => examine(explorer, site, glances));
await Promise.all(explorers.map(({ thread }) => thread.terminate()));
/** @type {Record<string, string>} */
const exceptions = JSON.parse(readFileSync(new URL('exceptions.json', import.meta.url), 'utf8'));
writeFileSync(readme, tableInto(readFileSync(readme, 'utf8'), findings, exceptions));
const keys = new Set(sites.map(keyOf));
const open = findings
  .filter(({ site, noticed }) => noticed === undefined && exceptions[keyOf(site)] === undefined)
  .map(({ site, passed }) => `${keyOf(site)}: ${passed ? 'no verdict changes' : 'never passed'}`);
const needless = findings
  .filter(({ site, noticed }) => noticed !== undefined && exceptions[keyOf(site)] !== undefined)
  .map(({ site }) => `${keyOf(site)}: has a reason, and is noticed`);
const stale = Object.keys(exceptions)
  .filter((key) => !keys.has(key))
  .map((key) => `${key}: has a reason, and is not there`);
const problems = [...open, ...needless, ...stale];
for (const problem of problems) console.log(problem);
const noticed = findings.filter((finding) => finding.noticed !== undefined).length;
console.log(`${sites.length} sites, ${noticed} noticed, ${problems.length} problems`);
process.exitCode = problems.length > 0 ? 1 : 0;
