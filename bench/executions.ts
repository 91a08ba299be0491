import { bareWalk } from './kit/bare.js';
import type { Bench } from './kit/bench.js';
import { exploring, strategies } from './kit/harness.js';
import { median, range, short } from './kit/numbers.js';
import { race, ratio } from './kit/race.js';
import { table } from './kit/table.js';
import { casw, inc, lastzero, philosophers, readers } from './programs.js';

const pairs = [readers(13), lastzero(10), inc(5), casw(5), philosophers(12)];

export const executions: Bench = {
  name: 'executions',
  title: 'executions per second of each strategy on programs of the literature',
  async run(print) {
    const heading = [
      'program',
      'strategy',
      'executions/s',
      'min – max',
      'steps each',
      'of the limit',
    ];
    const rows: string[][] = [heading];
    for (const { scenario, bare, locks } of pairs) {
      const limit = bareWalk(bare, locks);
      const contenders = strategies.map((strategy) => exploring(scenario, strategy));
      const lanes = await race([limit, ...contenders], { rounds: 3 });
      const [limitLane] = lanes;
      for (const { name, executionsPerSecond: rates, stepsPerSecond } of lanes) {
        rows.push([
          scenario.name,
          name,
          short(median(rates)),
          range(rates),
          short(median(stepsPerSecond) / median(rates)),
          short(ratio(rates, limitLane!.executionsPerSecond).median),
        ]);
      }
    }
    print(table(rows));
  },
};
