import type { Block, Routine } from '../../src/index.js';
import type { Memory } from '../memory/memory.js';
import { type MemoryRegion, type RegionOps, regionInit } from '../memory/region.js';
import type { QomObject } from '../qom/object.js';
import { type Register, register } from './register.js';

/** Callbacks of a region that is one register, of whatever owns the memory. */
export function registerOps(block: Block, name: string): RegionOps {
  return new RegisterOps(register(block, name, false));
}

class RegisterOps implements RegionOps {
  readonly name = 'register_ops';

  constructor(private readonly cell: Register) {}

  *read(): Routine<number> {
    return yield* this.cell.read();
  }

  *write(_offset: number, value: number): Routine {
    yield* this.cell.write(value);
  }
}

/** A region in place that has no callbacks of its own: subregions are put into it. */
export function* containerInit(
  memory: Memory,
  place: Block,
  name: string,
  owner: QomObject,
  size = 0x100,
): Routine<MemoryRegion> {
  return yield* regionInit(memory, place, { name, size, owner });
}
