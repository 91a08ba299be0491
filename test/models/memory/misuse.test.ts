import { describe, expect, it } from 'vitest';
import {
  addSubregion,
  delSubregion,
  head,
  Machine,
  Memory,
  type MemoryRegion,
  regionInit,
  transactionBegin,
  transactionCommit,
} from '../../../models/index.js';
import type { Routine, Sim } from '../../../src/index.js';
import { wrongWith } from '../support.js';

/** A memory with a container and a region, and something done with them while the machine boots. */
const withRegions =
  (use: (memory: Memory, container: MemoryRegion, region: MemoryRegion) => Routine) =>
  (sim: Sim): void => {
    const memory = new Memory(new Machine(sim), head);
    memory.machine.start({
      *boot() {
        const container = yield* memory.boot();
        const region = yield* regionInit(memory, undefined, { name: 'region', size: 8 });
        yield* use(memory, container, region);
      },
    });
  };

describe('what the memory core asserts', () => {
  it('should be nothing when it is used well', () => {
    const setup = withRegions(function* (_memory, container, region) {
      yield* addSubregion(container, region, 0);
      yield* delSubregion(container, region);
    });
    expect(wrongWith(setup)).toEqual([]);
  });

  it('should be that a region is in one container at most', () => {
    const setup = withRegions(function* (_memory, container, region) {
      yield* addSubregion(container, region, 0);
      yield* addSubregion(container, region, 8);
    });
    expect(wrongWith(setup)).toEqual([
      'assertion: memory_region_add_subregion: region already is in a container',
    ]);
  });

  it('should be that a region is taken out of the container that it is in', () => {
    const setup = withRegions(function* (_memory, container, region) {
      yield* delSubregion(container, region);
    });
    expect(wrongWith(setup)).toEqual([
      'assertion: memory_region_del_subregion: region is not in system',
    ]);
  });

  it('should be that what is committed was begun', () => {
    const setup = withRegions(function* (memory) {
      yield* transactionCommit(memory, true, undefined);
    });
    expect(wrongWith(setup)).toEqual([
      'assertion: memory_region_transaction_commit: no transaction has begun',
    ]);
  });

  it('should be that the big lock is held', () => {
    const setup = withRegions(function* (memory) {
      yield* transactionBegin(memory);
      yield* memory.machine.bigLock.unlock();
      yield* transactionCommit(memory, true, undefined);
    });
    expect(wrongWith(setup)).toEqual([
      'assertion: memory_region_transaction_commit: without the big lock',
    ]);
  });
});
