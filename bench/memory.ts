import { explore } from '../src/index.js';
import type { Bench } from './kit/bench.js';
import { optionsFor, strategies } from './kit/harness.js';
import { short } from './kit/numbers.js';
import { table } from './kit/table.js';
import { writers } from './programs.js';

const executions = 1_000_000;
const briefMs = 2000;

/** Over a million traces, so that no strategy runs out of executions. */
const scenario = writers(12);

interface Sample {
  readonly executions: number;
  readonly heap: number;
  readonly rss: number;
}

function sample(executions: number): Sample {
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  return { executions, heap: heapUsed, rss };
}

function megabytes(bytes: number): string {
  return (bytes / 0x10_0000).toFixed(1);
}

/** Memory is looked at while the search still holds on to all it needs: at its first and its last sign of progress. */
export const memory: Bench = {
  name: 'memory',
  title: `memory over a million executions of ${scenario.name}, in MB after a collection`,
  run(print, brief) {
    if (globalThis.gc === undefined) throw new Error('start node with --expose-gc');
    const heading = [
      'strategy',
      'executions',
      'heap before',
      'first',
      'last',
      'after',
      'B/execution',
    ];
    const rows = strategies.map((strategy) => {
      const before = sample(0);
      const during: Sample[] = [];
      const begun = performance.now();
      const report = explore(scenario, {
        ...optionsFor(strategy),
        maxExecutions: executions,
        ...(brief ? { timeLimitMs: briefMs } : {}),
        onProgress: (progress) => {
          during.push(sample(progress.executions));
        },
      });
      const seconds = (performance.now() - begun) / 1000;
      if (report.executions !== executions && !brief) {
        throw new Error(`${strategy} found only ${report.executions} executions`);
      }
      const after = sample(report.executions);
      const first = during[0] ?? before;
      const last = during.at(-1) ?? after;
      const grown = (last.heap - first.heap) / Math.max(1, last.executions - first.executions);
      const peak = Math.max(after.rss, ...during.map(({ rss }) => rss));
      return [
        strategy,
        short(report.executions),
        megabytes(before.heap),
        megabytes(first.heap),
        megabytes(last.heap),
        megabytes(after.heap),
        grown.toFixed(2),
        megabytes(before.rss),
        megabytes(peak),
        megabytes(after.rss),
        short(seconds),
      ];
    });
    print(table([[...heading, 'rss before', 'peak', 'after', 's'], ...rows]));
    if (brief) print('\n  Cut short; alone this takes a million executions of each strategy.\n');
  },
};
