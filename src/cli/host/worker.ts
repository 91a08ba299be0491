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

say({ kind: 'end', code: await program(start.args, terminal) });
