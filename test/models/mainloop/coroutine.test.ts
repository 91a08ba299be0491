import { describe, expect, it } from 'vitest';
import { Coroutine, type CoroutineBody, coroutineYield } from '../../../models/index.js';
import type { Plain, Sim } from '../../../src/index.js';
import { wrongWith } from '../support.js';

function* twice(value: Plain<number>): CoroutineBody {
  yield* value.write(1);
  yield* coroutineYield();
  yield* value.write(2);
}

describe('Coroutine', () => {
  it('should go on where it was left, in the thread that enters it', () => {
    const setup = (sim: Sim): void => {
      const value = sim.plain('value', 0);
      const coroutine = new Coroutine(twice(value));
      sim.thread('main', function* () {
        yield* coroutine.enter();
        sim.assert((yield* value.read()) === 1, 'it was not left');
        const other = yield* sim.spawn('other', () => coroutine.enter());
        yield* other.join();
        sim.assert((yield* value.read()) === 2, 'it was not entered again');
        yield* coroutine.enter();
      });
    };
    expect(wrongWith(setup)).toEqual([]);
  });
});
