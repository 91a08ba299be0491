import { describe, expect, it } from 'vitest';
import { type Block, explore, failureReport, type Operation, scenario } from '../../src/index.js';
import type { Sim } from '../../src/sim/sim.js';

/** The event of the step that failed: the last one of the first violation. */
function failing(setup: (sim: Sim) => void) {
  const report = explore(scenario('test', setup), { strategy: 'dfs', seed: 1 });
  const event = report.violations[0]?.events.at(-1);
  if (event === undefined) throw new Error('no step failed');
  const line = failureReport(report)
    .split('\n')
    .find((each) => each.startsWith('>>'));
  const { operation, value } = event;
  return { kind: report.violations[0]?.kind, operation, value, line };
}

/** One thread does these operations, which are made one after the other. */
function alone(sim: Sim, ...operations: (() => Operation)[]): void {
  sim.thread('A', function* () {
    for (const operation of operations) yield* operation();
  });
}

describe('the value of a step that failed', () => {
  const parts: [string, (block: Block) => () => Operation][] = [
    ['load', (block) => bind(block.atomic('x', 3), (x) => x.load())],
    ['exchange', (block) => bind(block.atomic('x', 3), (x) => x.exchange(5))],
    ['compareExchange', (block) => bind(block.atomic('x', 3), (x) => x.compareExchange(3, 5))],
    ['fetchAdd', (block) => bind(block.atomic('x', 3), (x) => x.fetchAdd(5))],
    ['update', (block) => bind(block.atomic('x', 3), (x) => x.update((old) => old + 5))],
    ['read', (block) => bind(block.plain('x', 3), (x) => x.read())],
    ['get', (block) => bind(block.refcount('x', 3), (x) => x.get())],
    ['put', (block) => bind(block.refcount('x', 3), (x) => x.put())],
    ['tryGet', (block) => bind(block.refcount('x', 3), (x) => x.tryGet())],
    ['tryLock', (block) => bind(block.mutex('x'), (x) => x.tryLock())],
    ['post', (block) => bind(block.semaphore('x', 3), (x) => x.post())],
    ['wait', (block) => bind(block.semaphore('x', 3), (x) => x.wait())],
  ];

  it.each(parts)('should be null where %s uses what was freed', (operation, use) => {
    const event = failing((sim) => {
      const block = sim.block('b');
      alone(sim, () => sim.free(block), use(block));
    });
    expect(event).toMatchObject({ kind: 'use-after-free', operation, value: null });
    expect(event.line).toMatch(new RegExp(`   ${operation} b.x +<-- use-after-free`));
  });

  it('should be what was to be written', () => {
    const store = failing((sim) => {
      const block = sim.block('b');
      const x = block.atomic('x', 3);
      alone(
        sim,
        () => sim.free(block),
        () => x.store(5),
      );
    });
    expect(store).toMatchObject({ kind: 'use-after-free', value: 5 });
    expect(store.line).toContain('store b.x := 5');
    const write = failing((sim) => {
      const x = sim.plain('x', 3);
      alone(sim, () => x.write(4));
      sim.thread('B', function* () {
        yield* x.write(5);
      });
    });
    expect(write).toMatchObject({ kind: 'data-race', operation: 'write', value: 5 });
  });

  it.each<[string, string, (sim: Sim) => void]>([
    ['double-free', 'free', (sim) => bind(sim.block('b'), twice(sim, 'free'))()],
    ['use-after-free', 'retire', (sim) => bind(sim.block('b'), twice(sim, 'retire'))()],
    ['refcount', 'put', (sim) => bind(sim.refcount('r', 0), (r) => alone(sim, () => r.put()))()],
    ['refcount', 'get', (sim) => bind(sim.refcount('r', 0), (r) => alone(sim, () => r.get()))()],
    ['lock-misuse', 'unlock', (sim) => bind(sim.mutex('m'), (m) => alone(sim, () => m.unlock()))()],
    ['exception', 'update', (sim) => bind(sim.atomic('x', 3), throwing(sim))()],
    ['assertion', 'step', (sim) => alone(sim, () => sim.step('s', () => sim.fail('no')))],
  ])('should be null at a %s of %s', (kind, operation, setup) => {
    expect(failing(setup)).toMatchObject({ kind, operation, value: null });
  });

  it('should be kept where what came after the step failed', () => {
    const event = failing((sim) => {
      const x = sim.atomic('x', 3);
      sim.thread('A', function* () {
        sim.assert((yield* x.fetchAdd(5)) === 8, 'the old value is returned');
      });
    });
    expect(event).toMatchObject({ kind: 'assertion', value: '3 -> 8' });
  });
});

function bind<O, T>(object: O, use: (object: O) => T): () => T {
  return () => use(object);
}

function twice(sim: Sim, operation: 'free' | 'retire'): (block: Block) => void {
  const make = (block: Block) => (operation === 'free' ? sim.free(block) : block.retire());
  return (block) => {
    alone(
      sim,
      () => make(block),
      () => make(block),
    );
  };
}

function throwing(sim: Sim): (x: ReturnType<typeof sim.atomic<number>>) => void {
  return (x) => {
    alone(sim, () =>
      x.update(() => {
        throw new Error('no');
      }),
    );
  };
}
