import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { acquireClock, clockOf, joinInto, releaseClock } from '../../src/engine/sync.js';
import { SimThread } from '../../src/engine/thread.js';
import { doing, violationsOf } from '../sim/support.js';

const clocks = fc.array(fc.nat(3), { maxLength: 4 });

function threadAt(index: number): SimThread {
  return new SimThread(index, index, 'T', false, false, (function* () {})());
}

describe('joinInto', () => {
  test.prop([clocks, clocks])('should give the pointwise maximum', (a, b) => {
    const joined = [...a];
    joinInto(joined, b);
    expect(joined).toHaveLength(Math.max(a.length, b.length));
    joined.forEach((time, i) => {
      expect(time).toBe(Math.max(a[i] ?? 0, b[i] ?? 0));
    });
  });
});

describe('the clock of a thread', () => {
  it.each([0, 1, 3])('should begin with its own first time, for thread %i', (index) => {
    const clock = clockOf(threadAt(index));
    expect(clock).toHaveLength(index + 1);
    expect(clock).toEqual(clock.map((_, i) => (i === index ? 1 : 0)));
  });

  it('should move on when it is released, and leave what was released as it is', () => {
    const thread = threadAt(1);
    const first = releaseClock(thread);
    const second = releaseClock(thread);
    expect([first, second, clockOf(thread)]).toEqual([
      [0, 1],
      [0, 2],
      [0, 3],
    ]);
  });

  it('should take in what is acquired, if there is something', () => {
    const thread = threadAt(1);
    acquireClock(thread, undefined);
    expect(clockOf(thread)).toEqual([0, 1]);
    acquireClock(thread, [4, 0, 2]);
    expect(clockOf(thread)).toEqual([4, 1, 2]);
  });
});

describe('what several threads release into one object', () => {
  it('should be seen by who acquires it, from all of them', () => {
    const found = violationsOf((sim) => {
      const arrived = sim.semaphore('arrived', 0);
      const written = ['p', 'q'].map((name) => sim.plain(name, 0));
      for (const variable of written) {
        sim.thread(
          `writer of ${variable.name}`,
          doing(
            () => variable.write(1),
            () => arrived.post(),
          ),
        );
      }
      sim.thread('reader', function* () {
        yield* arrived.wait();
        yield* arrived.wait();
        for (const variable of written) yield* variable.read();
      });
    });
    expect(found).toEqual([]);
  });
});
