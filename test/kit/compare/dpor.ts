import { boundsOf } from '../../../src/explore/options.js';
import { cumulative, exploreTraces, type Result } from '../brute.js';
import { Random } from '../generate/random.js';
import { permuteThreads } from '../permute.js';
import type { Program } from '../program.js';
import {
  type Agreement,
  Differences,
  expectedViolations,
  type Found,
  guarded,
  judgeViolations,
  nameOf,
  search,
  splitsTraces,
  violationsOf,
} from './agreement.js';

/** Compares the search for one execution of each trace with brute force. */
export function compareDpor(program: Program, limit = 20_000): Agreement {
  const brute = exploreTraces(program, { limit });
  if (brute === 'too large') return { kind: 'too large' };
  return guarded(() => new DporComparison(program, brute, limit).run());
}

class DporComparison {
  private readonly differ = new Differences();
  private readonly splits: boolean;
  private readonly maxExecutions: number;

  constructor(
    private readonly program: Program,
    private readonly brute: Result,
    limit: number,
  ) {
    this.splits = splitsTraces(program);
    // A search that goes round in circles must end; a sound one never needs more than this.
    const most = this.splits ? Math.min(brute.interleavings, 20 * limit) : brute.traces;
    this.maxExecutions = most + 1;
  }

  run(): Agreement {
    const { program, brute, differ, maxExecutions } = this;
    const found = search(program, { strategy: 'dpor', maxExecutions });
    if (this.splits && !found.report.complete && brute.interleavings >= maxExecutions) {
      return { kind: 'too large' };
    }
    this.judge('', found);
    judgeViolations(differ, 'violations', found.report, brute);
    this.inAnotherOrder();
    this.untilTheFirstViolation();
    if (boundsOf.dpor.includes('preemptions')) {
      for (const preemptions of [0, 1, 2]) this.within(preemptions);
    }
    return differ.agreement(brute.traces);
  }

  private judge(prefix: string, { report, finals }: Found): void {
    const { brute, differ } = this;
    differ.same(`${prefix}complete`, report.complete, true);
    differ.same(`${prefix}violations`, violationsOf(report), expectedViolations(brute));
    differ.same(`${prefix}final states`, finals, brute.finals);
    const verdict = brute.violations.length > 0 ? 'violated' : 'verified';
    differ.same(`${prefix}verdict`, report.verdict, verdict);
    if (this.splits) {
      const { executions } = report;
      differ.require(
        executions >= brute.traces,
        `${prefix}executions: ${executions}, fewer than the ${brute.traces} traces`,
      );
      return;
    }
    differ.same(`${prefix}traces`, report.executions, brute.traces);
    differ.same(`${prefix}redundant`, report.redundant, 0);
    differ.same(`${prefix}deadlocks`, report.deadlocks, brute.deadlocks);
    differ.same(`${prefix}failing`, report.failing, brute.failing);
  }

  /** Nothing that is counted may depend on the order in which the threads are created. */
  private inAnotherOrder(): void {
    const { program, maxExecutions } = this;
    const permutation = shuffle(program);
    if (permutation.every((from, to) => from === to)) return;
    const permuted = permuteThreads(program, permutation);
    const found = search(permuted, { strategy: 'dpor', maxExecutions });
    this.judge(`with the threads in order ${permutation.join(' ')}, `, found);
  }

  private untilTheFirstViolation(): void {
    const { program, brute, differ, maxExecutions } = this;
    const { report } = search(program, { strategy: 'dpor', stopAfter: 1, maxExecutions });
    const prefix = 'up to the first violation, ';
    const violated = brute.violations.length > 0;
    differ.same(`${prefix}verdict`, report.verdict, violated ? 'violated' : 'verified');
    differ.same(`${prefix}failing`, report.failing, violated ? 1 : 0);
    judgeViolations(differ, `${prefix}violations`, report, brute);
  }

  /** The traces that have a linearisation with at most so many preemptions, and what fails in them. */
  private within(preemptions: number): void {
    const { program, brute, differ, maxExecutions } = this;
    const prefix = `within ${preemptions} preemptions, `;
    const { report } = search(program, { strategy: 'dpor', preemptions, maxExecutions });
    const expected = expectedViolations(brute, preemptions);
    differ.same(`${prefix}complete`, report.complete, true);
    differ.same(`${prefix}violations`, violationsOf(report), expected);
    const verdict = expected.length > 0 ? 'violated' : 'verified';
    differ.same(`${prefix}verdict`, report.verdict, verdict);
    judgeViolations(differ, `${prefix}violations`, report, brute);
    for (const violation of report.violations) {
      differ.require(
        violation.preemptions <= preemptions,
        `${prefix}${nameOf(violation)} with ${violation.preemptions}`,
      );
    }
    const counts = cumulative(brute.tracesByPreemptions);
    const traces = counts[Math.min(preemptions, counts.length - 1)] ?? 0;
    if (!this.splits) differ.same(`${prefix}traces`, report.executions, traces);
    else if (report.executions < traces) {
      differ.sentences.push(`${prefix}executions: ${report.executions}, but ${traces} traces`);
    }
  }
}

/** An order of the threads that depends on the program alone. */
function shuffle({ name, threads }: Program): number[] {
  let seed = 0;
  for (const char of name) seed = (Math.imul(seed, 31) + char.charCodeAt(0)) | 0;
  const random = new Random(seed);
  const order = threads.map((_, i) => i);
  for (let i = order.length - 1; i > 0; i--) {
    const at = random.below(i + 1);
    [order[i], order[at]] = [order[at] as number, order[i] as number];
  }
  return order;
}
