import { Worker } from 'node:worker_threads';
import { Problem, reasonOf } from '../problem.js';
import type { Explored } from '../run/here.js';
import type { Terminal } from '../terminal.js';
import type { Job, Task } from './job.js';
import type { ExplorerStart, FromExplorer } from './messages.js';

/** How soon an interrupt is passed on. */
const pollMs = 50;

interface Running {
  readonly job: Job;
  readonly task: Task;
}

interface Member {
  readonly worker: Worker;
  running: Running | undefined;
}

interface Waiting {
  readonly job: Job;
  readonly resolve: (explored: Explored | undefined) => void;
  readonly reject: (error: Error) => void;
}

/** Workers that explore for several jobs at once; jobs that come first are served first. */
export class Pool {
  private readonly terminal: Terminal;
  private readonly stops: Int32Array;
  private readonly members: Member[] = [];
  private readonly waiting: Waiting[] = [];
  private readonly timer: NodeJS.Timeout;
  private closed = false;

  constructor(size: number, args: readonly string[], terminal: Terminal) {
    this.terminal = terminal;
    const stops = new SharedArrayBuffer(4 * size);
    this.stops = new Int32Array(stops);
    for (let slot = 0; slot < size; slot++) this.members.push(this.newMember(args, stops, slot));
    this.timer = setInterval(() => {
      if (terminal.interrupted()) this.stopUnwanted();
    }, pollMs);
  }

  /** Has a job done; undefined when an interrupt came before it was begun. */
  explore(job: Job): Promise<Explored | undefined> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ job, resolve, reject });
      this.handOut();
    });
  }

  /** Ends all workers, whatever they do. */
  async close(): Promise<void> {
    this.closed = true;
    clearInterval(this.timer);
    await Promise.all(this.members.map(({ worker }) => worker.terminate()));
  }

  private newMember(args: readonly string[], stops: SharedArrayBuffer, slot: number): Member {
    const start: ExplorerStart = { args, stops, slot };
    const worker = new Worker(new URL('./explorer.js', import.meta.url), {
      workerData: start,
      // Places in reports are those of the sources.
      execArgv: ['--enable-source-maps'],
    });
    const member: Member = { worker, running: undefined };
    worker.on('message', (message: FromExplorer) => {
      this.hear(member, message);
    });
    worker.on('error', (error) => {
      const what =
        member.running === undefined ? '' : ` while exploring ${member.running.job.name}`;
      this.fail(new Error(`worker ${slot + 1} crashed${what}: ${reasonOf(error)}`));
    });
    worker.on('exit', (code) => {
      const { running } = member;
      const what = running === undefined ? 'a scenario file' : `scenario "${running.job.name}"`;
      this.fail(new Problem('bad-scenario', `${what} ended the process (code ${code})`));
    });
    return member;
  }

  private hear(member: Member, message: FromExplorer): void {
    const { running } = member;
    if (message.kind === 'log') this.terminal.log(message.text);
    else if (message.kind === 'progress') {
      if (running !== undefined) this.terminal.progress(running.job.progress(message.text));
    } else if (message.kind === 'finished') {
      member.running = undefined;
      running?.task.done(message);
      this.terminal.progress(running?.job.progress('') ?? '');
      this.handOut();
    } else {
      member.running = undefined;
      const error =
        message.kind === 'problem'
          ? new Problem(message.code, message.message, message.hint)
          : new Error(message.reason);
      this.settle(
        ({ job }) => job === running?.job,
        ({ reject }) => reject(error),
      );
      this.handOut();
    }
  }

  /** Gives every idle worker something to do, and ends the jobs that are done. */
  private handOut(): void {
    if (this.closed) return;
    const interrupted = this.terminal.interrupted();
    this.members.forEach((member, slot) => {
      if (member.running !== undefined || interrupted) return;
      for (const { job } of this.waiting) {
        const task = job.next();
        if (task === undefined) continue;
        Atomics.store(this.stops, slot, 0);
        member.running = { job, task };
        member.worker.postMessage(task.order);
        return;
      }
    });
    this.stopUnwanted();
    const busy = new Set(this.members.map(({ running }) => running?.job));
    this.settle(
      ({ job }) => job.isOver() || (!busy.has(job) && (interrupted || !job.hasMore())),
      ({ job, resolve, reject }) => {
        try {
          resolve(job.result());
        } catch (error) {
          reject(error instanceof Error ? error : new Error(reasonOf(error)));
        }
      },
    );
  }

  private stopUnwanted(): void {
    const interrupted = this.terminal.interrupted();
    this.members.forEach(({ running }, slot) => {
      if (running === undefined) return;
      if (interrupted || !running.job.wants(running.task)) Atomics.store(this.stops, slot, 1);
    });
  }

  private settle(which: (each: Waiting) => boolean, how: (each: Waiting) => void): void {
    const settled = this.waiting.filter(which);
    for (const each of settled) this.waiting.splice(this.waiting.indexOf(each), 1);
    for (const each of settled) how(each);
  }

  private fail(error: Error): void {
    if (this.closed) return;
    this.settle(
      () => true,
      ({ reject }) => reject(error),
    );
  }
}
