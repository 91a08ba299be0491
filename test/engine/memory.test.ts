import { describe, expect, it } from 'vitest';
import type { Atomic, Block, Operation, Sim } from '../../src/index.js';
import { exploreAll } from '../sim/support.js';

/** A block with a part, and with a block in it that has one as well. */
interface Blocks {
  readonly whole: Block;
  readonly part: Atomic<number>;
  readonly inner: Block;
  readonly deep: Atomic<number>;
}

/** What is said of the violation of a thread that does this with a block that it allocated a step before, and where it goes wrong. */
function said(
  act: (sim: Sim, blocks: Blocks) => readonly (() => Operation)[],
  name?: string,
): string[] {
  const { violations } = exploreAll((sim) => {
    sim.thread('A', function* () {
      const whole = yield* sim.alloc('whole');
      yield* sim.pause();
      const inner = name === undefined ? whole.embed('inner') : whole.embed(name);
      const blocks = { whole, part: whole.atomic('p', 0), inner, deep: inner.atomic('d', 0) };
      for (const make of act(sim, blocks)) yield* make();
    });
  });
  return violations.flatMap(({ message, details, steps }) => [`${steps}`, message, ...details]);
}

const allocated = 'whole was allocated at step 1 by A';
const allocatedWith = 'whole, with whole.inner in it, was allocated at step 1 by A';

describe('what is said of dead memory', () => {
  it('should be when it was freed', () => {
    const freed = [allocated, 'whole was freed at step 3 by A'];
    expect(said((sim, { whole, part }) => [() => sim.free(whole), () => part.load()])).toEqual([
      '4',
      'whole.p, a part of whole, was used after whole was freed',
      ...freed,
    ]);
    expect(said((sim, { whole }) => [() => sim.free(whole), () => sim.free(whole)])).toEqual([
      '4',
      'whole was freed a second time',
      ...freed,
    ]);
  });

  it('should be when it was retired', () => {
    const retired = [allocated, 'whole was retired at step 3 by A'];
    const fate = 'whole was retired (its memory is still there)';
    expect(said((_, { whole, part }) => [() => whole.retire(), () => part.load()])).toEqual([
      '4',
      `whole.p, a part of whole, was used after ${fate}`,
      ...retired,
    ]);
    expect(said((_, { whole }) => [() => whole.retire(), () => whole.retire()])).toEqual([
      '4',
      `whole was used after ${fate}`,
      ...retired,
    ]);
  });

  it('should be what died first of what it is in, but that it was freed', () => {
    const used = 'whole.inner.d, a part of whole.inner, was used after whole.inner was';
    const twice = said((_, { whole, inner, deep }) => [
      () => inner.retire(),
      () => whole.retire(),
      () => deep.load(),
    ]);
    expect(twice).toEqual([
      '5',
      `${used} retired (its memory is still there)`,
      allocatedWith,
      'whole.inner was retired at step 3 by A',
    ]);
    const freed = said((sim, { whole, inner, deep }) => [
      () => inner.retire(),
      () => sim.free(whole),
      () => deep.load(),
    ]);
    expect(freed).toEqual([
      '5',
      `${used} freed`,
      allocatedWith,
      'whole.inner was freed at step 4 by A',
    ]);
  });

  it('should not tell what is embedded without a name from what it is in', () => {
    const act = (_: Sim, { inner, deep }: Blocks) => [() => inner.retire(), () => deep.load()];
    expect(said(act, '').slice(2)).toEqual([allocated, 'whole was retired at step 3 by A']);
  });

  it('should be where it was embedded when it is freed by itself', () => {
    expect(said((sim, { inner }) => [() => sim.free(inner)])).toEqual([
      '3',
      'whole.inner is embedded in whole and cannot be freed by itself',
      'whole.inner was embedded at step 1 by A',
    ]);
  });

  it('should be that it could not be freed, when a lock in it was held', () => {
    const { violations } = exploreAll((sim) => {
      const whole = sim.block('whole');
      const inner = whole.embed('inner');
      const m = whole.mutex('m');
      sim.thread('A', function* () {
        yield* m.lock();
        yield* sim.free(whole);
      });
      sim.thread('B', function* () {
        yield* inner.retire();
        yield* inner.retire();
      });
    });
    const messages = violations.map(({ message }) => message);
    const again = 'whole.inner was used after whole.inner was retired';
    expect(messages.sort()).toEqual([
      'whole was freed while A holds whole.m',
      `${again} (it could not be freed)`,
    ]);
  });

  it('should name who refers to what is embedded, when it is never freed', () => {
    const { violations } = exploreAll(
      (sim) => {
        const references = sim.block('whole').embed('inner').refcount('r', 1);
        sim.thread('A', function* () {
          yield* references.get('for a while');
        });
      },
      {},
      { leakCheck: true },
    );
    expect(violations).toHaveLength(1);
    expect(violations[0]?.details).toEqual([
      'whole was allocated during set-up',
      'whole.inner.r is 2, from 1 at first; taken at step 1 by A',
    ]);
  });
});
