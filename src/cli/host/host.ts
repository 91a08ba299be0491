import { basename, delimiter, dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type ExitCode, exitCodes, mostSevere } from '../exit.js';
import { whyNotWritten } from '../output/files.js';
import { placeOf } from '../place.js';
import { reasonOf } from '../problem.js';
import type { FromWorker, WorkerStart } from './messages.js';
import { Screen } from './screen.js';

/** How long a step of the search may take to notice that it was interrupted. */
const patienceMs = 5_000;

/** npm passes on an interrupt that the terminal sent to everybody: the second of two so near is no second wish. */
const echoMs = 300;

/** What a terminal sends, and what `timeout`, CI and service managers send: both let what was found so far be printed. */
const interrupts = ['SIGINT', 'SIGTERM'] as const;

/** Node's exit code for a module that waits for what never comes. */
const waitsForEver = 13;

/**
 * Owns the terminal and the signals, and lets a worker do the work. Exploring is synchronous, so a thread that explores hears of no
 * signal; with the work elsewhere an interrupt is noticed at once, even if a scenario loops for ever.
 *
 * @returns the exit code
 */
export async function host(args: readonly string[]): Promise<ExitCode> {
  const { stdout, stderr } = process;
  const screen = new Screen(stdout, stderr);
  const interrupt = new SharedArrayBuffer(4);
  const start: WorkerStart = {
    args,
    interrupt,
    outIsTerminal: stdout.isTTY,
    logIsTerminal: stderr.isTTY,
    columns: stdout.isTTY ? stdout.columns : undefined,
    self: selfAsTyped(),
  };
  const worker = new Worker(new URL('./worker.js', import.meta.url), {
    workerData: start,
    // Places in reports are those of the sources.
    execArgv: ['--enable-source-maps'],
  });
  return new Promise((resolve) => {
    let code: ExitCode | undefined;
    let interruptedAt = 0;
    let timer: NodeJS.Timeout | undefined;
    const stop = (): void => void worker.terminate();
    const onInterrupt = (): void => {
      const flag = new Int32Array(interrupt);
      const time = performance.now();
      if (Atomics.exchange(flag, 0, 1) !== 0) {
        if (time - interruptedAt > echoMs) stop();
        return;
      }
      interruptedAt = time;
      screen.write('log', 'qomcheck: interrupted; press again to stop at once\n');
      timer = setTimeout(stop, patienceMs);
    };
    for (const signal of interrupts) process.on(signal, onInterrupt);
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'end') code = message.code;
      else screen.write(message.kind, message.text);
    });
    worker.on('error', (error) => {
      // Nothing here throws while nobody waits for it: a timer or a promise of a scenario does.
      const at = placeOf(error);
      const reason = reasonOf(error);
      const problem =
        at === undefined
          ? `internal error: ${reason}`
          : `a scenario file leaves work for later, and that throws: ${reason} (${at})`;
      screen.write('log', `qomcheck: ${problem}\n`);
      code = at === undefined ? exitCodes.internal : exitCodes.usage;
    });
    worker.on('exit', (workerCode) => {
      clearTimeout(timer);
      for (const signal of interrupts) process.off(signal, onInterrupt);
      screen.write('progress', '');
      const interrupted = Atomics.load(new Int32Array(interrupt), 0) !== 0;
      if (code === undefined && !interrupted) {
        const problem =
          workerCode === waitsForEver
            ? 'loading a scenario file never ends: it awaits what never comes'
            : `a scenario file ended the process (code ${workerCode})`;
        screen.write('log', `qomcheck: ${problem}\n`);
      }
      const result = code ?? (interrupted ? exitCodes.interrupted : exitCodes.usage);
      if (screen.failure === undefined) resolve(result);
      else {
        const reason = whyNotWritten(screen.failure);
        screen.write('log', `qomcheck: cannot write the results: ${reason}\n`);
        resolve(mostSevere([result, exitCodes.usage]));
      }
    });
  });
}

/** What a person types to start this program: `npx` finds it in a checkout and in a package that depends on it. */
function selfAsTyped(): string {
  const typed = process.argv[1] ?? '';
  const found = (process.env['PATH'] ?? '').split(delimiter).includes(dirname(typed));
  const direct = basename(typed) === 'qomcheck' && found && !process.env['npm_execpath'];
  return direct ? 'qomcheck' : 'npx qomcheck';
}
