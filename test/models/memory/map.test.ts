import { describe, expect, it } from 'vitest';
import {
  Board,
  findRegion,
  head,
  mapSpace,
  NicType,
  type QomObject,
  unmapSpace,
} from '../../../models/index.js';
import type { Routine, Sim } from '../../../src/index.js';
import { wrongWith } from '../support.js';

const base = 0x100;

/** A card that is unplugged, after which something is done with what was mapped before. */
const mapped =
  (use: (board: Board, card: QomObject, budget: number) => Routine, limit = 4096) =>
  (sim: Sim): void => {
    const board = new Board(sim, { memory: head });
    const type = new NicType(board.memory, () => board.systemMemory, base);
    board.qdev.register(type.info);
    board.start({
      *boot() {
        yield* use(board, yield* board.plug(type.info.name, 'nic0'), limit);
      },
    });
  };

function budgetOf(board: Board, limit: number) {
  return { used: board.sim.atomic('bounce_buffer_size', 0), limit };
}

describe('address_space_map', () => {
  it.each([
    ['RAM', true],
    ['what goes through a bounce buffer', false],
  ])('should keep the device alive until it is unmapped: %s', (_, direct) => {
    const setup = mapped(function* (board, card, limit) {
      const budget = budgetOf(board, limit);
      const mapping = yield* mapSpace(board.memory.system, base, 4, direct, budget);
      if (mapping === undefined) return board.sim.fail('nothing was mapped');
      const before = yield* board.sim.step('count', () => card.ref.peek());
      yield* unmapSpace(board.memory.system, mapping, true, budget);
      const after = yield* board.sim.step('count', () => card.ref.peek());
      board.sim.assert(before === after + 1, 'the mapping held no reference');
      const used = yield* budget.used.load();
      board.sim.assert(used === 0, 'the bounce buffer was not given back');
    });
    expect(wrongWith(setup)).toEqual([]);
  });

  it('should map nothing, and hold nothing, when the budget is used up', () => {
    const setup = mapped(function* (board, card) {
      const budget = budgetOf(board, 4);
      const before = yield* board.sim.step('count', () => card.ref.peek());
      const mapping = yield* mapSpace(board.memory.system, base, 8, false, budget);
      board.sim.assert(mapping === undefined, 'more was mapped than there is room for');
      const after = yield* board.sim.step('count', () => card.ref.peek());
      board.sim.assert(before === after, 'a reference was left behind');
    });
    expect(wrongWith(setup)).toEqual([]);
  });

  it('should map nothing where nothing is', () => {
    const setup = mapped(function* (board, _card, limit) {
      const mapping = yield* mapSpace(board.memory.system, 0x800, 4, true, budgetOf(board, limit));
      board.sim.assert(mapping === undefined, 'something was mapped');
    });
    expect(wrongWith(setup)).toEqual([]);
  });
});

describe('memory_region_find', () => {
  it('should return the region with a reference, which the caller has to drop', () => {
    const setup = mapped(function* (board, card) {
      const before = yield* board.sim.step('count', () => card.ref.peek());
      const region = yield* findRegion(board.memory.system, base);
      if (region === undefined) return board.sim.fail('nothing was found');
      const after = yield* board.sim.step('count', () => card.ref.peek());
      board.sim.assert(after === before + 1, 'it was found without a reference');
      yield* board.memory.unreference(region);
    });
    expect(wrongWith(setup)).toEqual([]);
  });
});
