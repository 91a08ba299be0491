import { parentPort, workerData } from 'node:worker_threads';
import { select } from '../catalogue/select.js';
import type { Selected } from '../catalogue/selected.js';
import { searchOne } from '../explore-one.js';
import { simplerOf, withSimpler } from '../minimize-one.js';
import { Problem, reasonOf } from '../problem.js';
import type { Terminal } from '../terminal.js';
import type { ExplorerStart, FromExplorer, Order } from './messages.js';

const { args, stops, slot } = workerData as ExplorerStart;
const stop = new Int32Array(stops);
const say = (message: FromExplorer): void => parentPort?.postMessage(message);

const terminal: Terminal = {
  out: (text) => say({ kind: 'log', text }),
  log: (text) => say({ kind: 'log', text }),
  progress: (text) => say({ kind: 'progress', text }),
  outIsTerminal: false,
  columns: undefined,
  env: process.env,
  self: '',
  interrupted: () => Atomics.load(stop, slot) !== 0,
};

let loaded: readonly Selected[] | undefined;

// What a scenario prints goes to the log, as it does without workers; what is printed by loading it once more is left out.
const relay = (chunk: string | Uint8Array): boolean => {
  if (loaded === undefined) return true;
  terminal.log(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
  return true;
};
process.stdout.write = relay;
process.stderr.write = relay;

function explore({ scenario, options, simplify, brief }: Order): void {
  const selected = loaded?.find((each) => each.scenario.name === scenario);
  if (selected === undefined) throw new Error(`a worker does not find the scenario "${scenario}"`);
  const { report, failures } = searchOne(selected, options, terminal, undefined, brief);
  const simpler = simplerOf(selected.scenario, report, simplify, terminal);
  say({ kind: 'finished', report, failures, simpler, shown: withSimpler(report, simpler) });
}

/** A mistake of the user is one wherever it is noticed. */
function guarded(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (error instanceof Problem) {
      const { code, message, hint } = error;
      say({ kind: 'problem', code, message, hint });
    } else say({ kind: 'failed', reason: reasonOf(error) });
  }
}

const loading = select(args).then((found) => (loaded = found));
parentPort?.on('message', (order: Order) => {
  void loading.then(() => {
    guarded(() => {
      explore(order);
    });
  });
});
