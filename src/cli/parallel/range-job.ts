import { Merger, type Part } from '../../explore/parts.js';
import type { Report } from '../../explore/report.js';
import { grouped } from '../../report/numbers.js';
import type { GivenOptions } from '../explore-one.js';
import type { Explored } from '../run/here.js';
import type { Job, Task } from './job.js';

/** Long enough to make up for the start of a search, short enough to end together. */
const taskMs = 150;
const firstSize = 32;

/** What a randomised search is asked for, with every default filled in. */
export interface RangeOptions {
  readonly scenario: string;
  readonly options: GivenOptions;
  readonly firstExecution: number;
  readonly maxExecutions: number;
  readonly stopAfter: number;
  readonly timeLimitMs: number;
  readonly workers: number;
}

/** Makes violations simpler. */
type Simplify = (found: Report) => Omit<Explored, 'failures'>;

/** A task for so many executions from this one on. */
interface Range extends Task {
  readonly first: number;
  readonly size: number;
  part: Part | undefined;
}

/**
 * The executions of a randomised search, in ranges for several workers. Every execution depends on the seed and its number alone, so the
 * ranges may be of any size: they are combined in order, and what one worker would not have come to is left out.
 */
export class RangeJob implements Job {
  readonly name: string;
  private readonly asked: RangeOptions;
  private readonly merger: Merger;
  /** Ranges that were handed out and are not combined yet, in order. */
  private readonly open: Range[] = [];
  private readonly simplify: Simplify;
  private handedOut = 0;
  private startedAt = 0;
  /** Executions a millisecond. */
  private rate: number | undefined = undefined;
  /** A range was cut short, by time or an interrupt: what lies beyond would leave a gap. */
  private cut = false;
  private combined = 0;

  constructor(asked: RangeOptions, simplify: Simplify) {
    this.name = asked.scenario;
    this.asked = asked;
    this.simplify = simplify;
    this.merger = new Merger(asked.stopAfter);
  }

  next(): Task | undefined {
    if (!this.hasMore()) return undefined;
    const { asked, handedOut } = this;
    if (handedOut === 0) this.startedAt = performance.now();
    const left = asked.maxExecutions - handedOut;
    const timeLeft = this.timeLeft();
    const wanted = this.rate === undefined ? firstSize : Math.ceil(this.rate * taskMs);
    const size = Math.max(1, Math.min(wanted, Math.ceil(left / (2 * asked.workers))));
    const options = {
      ...asked.options,
      firstExecution: asked.firstExecution + handedOut,
      maxExecutions: size,
      ...(timeLeft < Infinity && { timeLimitMs: timeLeft }),
    };
    const range: Range = {
      order: { scenario: this.name, options, simplify: 'none', brief: false },
      first: handedOut,
      size,
      part: undefined,
      done: ({ report, failures }) => {
        range.part = { report, failures };
        this.rate = report.executions / Math.max(1, report.elapsedMs);
        this.combine();
      },
    };
    this.handedOut += size;
    this.open.push(range);
    return range;
  }

  hasMore(): boolean {
    return this.handedOut < this.asked.maxExecutions && this.timeLeft() > 0 && !this.isOver();
  }

  isOver(): boolean {
    return this.merger.ended || this.cut;
  }

  wants(task: Task): boolean {
    if (this.isOver()) return false;
    // A failing range before it may end the search, as far as is known.
    const failed = this.open.find((range) => (range.part?.report.failing ?? 0) >= this.stopsAt());
    return failed === undefined || this.open.indexOf(task as Range) <= this.open.indexOf(failed);
  }

  progress(): string {
    const { executions, failing } = this.merger.counted;
    const failed = failing === 0 ? '' : `, ${grouped(failing)} failing`;
    const seconds = ((performance.now() - this.startedAt) / 1000).toFixed(1);
    return `${this.name}: ${grouped(executions)} executions${failed}, ${seconds} s`;
  }

  result(): Explored | undefined {
    if (this.combined === 0) return undefined;
    const elapsedMs = performance.now() - this.startedAt;
    const found = { ...this.merger.report(), elapsedMs };
    return { ...this.simplify(found), failures: this.merger.failures };
  }

  private timeLeft(): number {
    const { timeLimitMs } = this.asked;
    return this.handedOut === 0 ? timeLimitMs : timeLimitMs - (performance.now() - this.startedAt);
  }

  private stopsAt(): number {
    return this.asked.stopAfter - this.merger.counted.failing;
  }

  private combine(): void {
    for (let range = this.open[0]; range?.part !== undefined; range = this.open[0]) {
      this.open.shift();
      if (this.isOver()) continue;
      this.merger.add(range.part);
      this.combined++;
      this.cut = !this.merger.ended && range.part.report.executions < range.size;
    }
  }
}
