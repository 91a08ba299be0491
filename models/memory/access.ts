import type { Routine } from '../../src/index.js';
import { deviceState, deviceType } from '../qdev/state.js';
import type { AddressSpace } from './address-space.js';
import type { FlatRange, FlatView } from './flat-view.js';
import { tell } from './probe.js';
import type { RegionOps } from './region.js';

/** One access of the guest or of a device. */
export interface Access {
  readonly address: number;
  /** In bytes. */
  readonly size: number;
  /** What is written; absent: a read. */
  readonly value?: number;
}

/** What came of an access. Upstream: MemTxResult. */
export interface Outcome {
  readonly result: 'ok' | 'decode error' | 'access error';
  /** What was read. */
  readonly value: number;
}

export const decodeError: Outcome = { result: 'decode error', value: 0 };
const accessError: Outcome = { result: 'access error', value: 0 };

/**
 * address_space_read, address_space_write: an access that goes over several ranges is made in pieces; how long what was found is held
 * is up to the design.
 */
export function* accessSpace(space: AddressSpace, access: Access): Routine<Outcome> {
  const { memory } = space;
  yield* tell(memory, ({ accessBegins }) => accessBegins?.(space));
  const outcome = yield* memory.design.dispatch(space, access, accessRegion);
  yield* tell(memory, ({ accessEnded }) => accessEnded?.(space));
  return outcome;
}

/** What an access finds: a range of a view, and the piece of the access that falls into it. */
export interface Piece {
  readonly range: FlatRange | undefined;
  readonly access: Access;
}

/** flatview_translate: the first piece of an access. */
export function* firstPiece(view: FlatView | undefined, access: Access): Routine<Piece> {
  if (view === undefined) return { range: undefined, access };
  const range = yield* view.find(access.address);
  const found = range?.region.name ?? 'nothing';
  view.memory.sim.log(`flatview_translate 0x${access.address.toString(16)}: ${found}`);
  yield* tell(view.memory, ({ lookedUp }) => lookedUp?.(view, access, range));
  if (range === undefined) return { range, access };
  const left = range.start + range.size - access.address;
  return { range, access: left >= access.size ? access : part(access, 0, left) };
}

/** flatview_read_continue, flatview_write_continue: the pieces of an access, one after another, as `found` finds and holds them. */
export function* inPieces(
  access: Access,
  found: (rest: Access) => Routine<Outcome & { readonly size: number }>,
): Routine<Outcome> {
  let value = 0;
  let result: Outcome['result'] = 'ok';
  for (let done = 0; done < access.size; ) {
    const piece = yield* found(part(access, done, access.size - done));
    value += piece.value * 256 ** done;
    if (result === 'ok') ({ result } = piece);
    done += piece.size;
  }
  return { result, value };
}

/** Some bytes of an access. */
function part(access: Access, from: number, size: number): Access {
  const address = access.address + from;
  if (access.value === undefined) return { address, size };
  return { address, size, value: Math.floor(access.value / 256 ** from) % 256 ** size };
}

/** memory_region_dispatch_read, memory_region_dispatch_write, under the lock that the design takes. */
function* accessRegion(range: FlatRange, access: Access): Routine<Outcome> {
  const { region } = range;
  return yield* region.memory.design.callback(region, () => guarded(range, access));
}

/**
 * access_with_adjusted_size: a device whose callback runs is not entered again (upstream commit a2e1753b80). The flag is only cleared
 * by who set it (3884bf6468). Not atomic: the big lock protects it, so regions without the lock have no guard.
 */
function* guarded(range: FlatRange, access: Access): Routine<Outcome> {
  const { owner, guarded: isGuarded, memory } = range.region;
  if (owner === undefined || !owner.isA(deviceType.name)) return yield* split(range, access);
  const { engagedInIo } = deviceState(owner);
  if (!isGuarded) {
    const outcome = yield* split(range, access);
    if (memory.design.past?.guardCleared === 'by anybody') yield* engagedInIo.write(false);
    return outcome;
  }
  if (yield* engagedInIo.read()) return accessError;
  yield* engagedInIo.write(true);
  const outcome = yield* split(range, access);
  yield* engagedInIo.write(false);
  return outcome;
}

function* split(range: FlatRange, access: Access): Routine<Outcome> {
  const { region, start, offset } = range;
  const ops = yield* region.memory.design.ops(range);
  if (ops === undefined) return decodeError;
  const kind = access.value === undefined ? 'read' : 'write';
  region.memory.sim.log(`memory_region_dispatch_${kind} ${region.name}`);
  yield* tell(region.memory, ({ callbackBegins }) => callbackBegins?.(region, ops));
  const value = yield* call(ops, offset + access.address - start, access);
  yield* tell(region.memory, ({ callbackEnded }) => callbackEnded?.(region));
  return { result: 'ok', value };
}

/** The callbacks, in pieces of the size that the region takes, the lowest address first. */
function* call(ops: RegionOps, offset: number, access: Access): Routine<number> {
  const step = Math.min(access.size, ops.maxAccess ?? 4);
  let value = 0;
  for (let at = 0; at < access.size; at += step) {
    if (access.value === undefined) {
      const part = ops.read === undefined ? 0 : yield* ops.read(offset + at, step);
      value += part * 256 ** at;
    } else if (ops.write !== undefined) {
      const part = Math.floor(access.value / 256 ** at) % 256 ** step;
      yield* ops.write(offset + at, part, step);
    }
  }
  return value;
}
