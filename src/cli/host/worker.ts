import { parentPort, workerData } from 'node:worker_threads';
import { program } from '../program.js';
import type { Terminal } from '../terminal.js';
import type { FromWorker, WorkerStart } from './messages.js';

const start = workerData as WorkerStart;
const interrupt = new Int32Array(start.interrupt);
const say = (message: FromWorker): void => parentPort?.postMessage(message);

const terminal: Terminal = {
  out: (text) => say({ kind: 'out', text }),
  log: (text) => say({ kind: 'log', text }),
  progress: (text) => {
    if (start.logIsTerminal) say({ kind: 'progress', text });
  },
  outIsTerminal: start.outIsTerminal,
  columns: start.columns,
  env: process.env,
  self: start.self,
  interrupted: () => Atomics.load(interrupt, 0) !== 0,
};

// What a scenario prints must not get into the results, and must be seen at once: a worker's own streams wait for its event loop.
const relay = (chunk: string | Uint8Array): boolean => {
  terminal.log(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
  return true;
};
process.stdout.write = relay;
process.stderr.write = relay;

say({ kind: 'end', code: await program(start.args, terminal) });
