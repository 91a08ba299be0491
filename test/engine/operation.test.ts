import { describe, expect, it } from 'vitest';
import { type Sim, UsageError } from '../../src/index.js';
import { exploreAll } from '../sim/support.js';

describe('what a thread yields', () => {
  const yields = (make: (sim: Sim) => unknown) => () =>
    exploreAll((sim) => {
      const x = make(sim);
      sim.thread('A', function* () {
        yield x as never;
      });
    });

  it.each<[string, (sim: Sim) => unknown]>([
    ['an object', () => ({})],
    ['null', () => null],
    ['5', () => 5],
  ])('should be an operation, not %s', (what, make) => {
    const message = `thread "A" yielded ${what}; a thread may only "yield*" operations such as x.load()`;
    expect(yields(make)).toThrow(new UsageError(message));
  });

  it.each<[string, (sim: Sim) => Generator<never>]>([
    [
      'x.load',
      function* (sim) {
        yield sim.atomic('x', 0).load() as never;
      },
    ],
    [
      'pause',
      function* (sim) {
        yield sim.pause() as never;
      },
    ],
  ])('should be passed on by "yield*": %s', (what, body) => {
    const run = () =>
      exploreAll((sim) => {
        sim.thread('A', () => body(sim));
      });
    const message = `thread "A" yielded ${what} with "yield"; write "yield*" so that it is executed and its value returned`;
    expect(run).toThrow(new UsageError(message));
  });
});
