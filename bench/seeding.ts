import seedrandom from 'seedrandom';
import { Bench as Tinybench } from 'tinybench';
import { Stream } from '../src/explore/stream.js';
import type { Bench } from './kit/bench.js';
import { short } from './kit/numbers.js';
import { table } from './kit/table.js';

/** Operations of a nanosecond need many to a sample: the clock has a resolution of some tens. */
const perSample = 1000;

/** Functions of a few nanoseconds that share nothing: what tinybench is made for, warm-up and outliers included. */
export const seeding: Bench = {
  name: 'seeding',
  title: 'what randomness costs per execution (to begin) and per step (to draw)',
  async run(print) {
    const stream = new Stream(1, 'bench');
    const generators = {
      xor128: seedrandom.xor128('1'),
      alea: seedrandom.alea('1'),
      ARC4: seedrandom('1'),
    };
    let sink = 0;
    const tasks: readonly (readonly [name: string, once: (i: number) => number])[] = [
      [
        'begin: Stream',
        (i) => {
          stream.begin(i);
          return 0;
        },
      ],
      ['begin: seedrandom.xor128', (i) => seedrandom.xor128(`${i}`).int32()],
      ['begin: seedrandom.alea', (i) => seedrandom.alea(`${i}`).int32()],
      ['begin: seedrandom (ARC4)', (i) => seedrandom(`${i}`).int32()],
      ['draw: Stream', () => stream.below(3)],
      ['draw: seedrandom.xor128', () => generators.xor128.int32()],
      ['draw: seedrandom.alea', () => generators.alea.int32()],
      ['draw: seedrandom (ARC4)', () => generators.ARC4.int32()],
    ];
    const bench = new Tinybench({ time: 200, warmupTime: 50 });
    for (const [name, once] of tasks) {
      bench.add(name, () => {
        for (let i = 0; i < perSample; i++) sink += once(i);
      });
    }
    await bench.run();
    const rows = bench.tasks.map(({ name, result }) => {
      if (result.state !== 'completed') throw new Error(`${name} did not complete`);
      const { p50, min, p99 } = result.latency;
      const ns = (ms: number): string => short((ms / perSample) * 1e6);
      return [name, ns(p50), `${ns(min)} – ${ns(p99)}`];
    });
    if (Number.isNaN(sink)) throw new Error('a generator drew no number');
    print(table([['', 'ns', 'min – 99 %'], ...rows]));
  },
};
