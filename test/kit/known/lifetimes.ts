import {
  act,
  atomic,
  CAS,
  lock,
  plain,
  program,
  R,
  thread,
  times,
  W,
  whenEqual,
} from '../build.js';
import type { Declaration, Instruction, Part } from '../program.js';
import { factorial, type Known } from './entry.js';

const block = (name: string, ...parts: Part[]): Part => ({ kind: 'block', name, parts });
const count = (initial: number): Part => ({ kind: 'refcount', name: 'n', initial });
const field: Part = { kind: 'atomic', name: 'x', initial: 0 };
const put: Instruction = { op: 'refcount.put', on: 'n', to: 0 };

const joinAndStore: readonly Instruction[] = [{ op: 'join', on: 'c' }, W('x', 2)];

/** Blocks, reference counts, data races, spawn and join. */
export function lifetimes(): Known[] {
  const held: Declaration = block('b', count(2), field);
  return [
    {
      program: program(
        'use after free',
        [block('b', field)],
        [thread('a', act('block.free', 'b')), thread('b', R('x'))],
      ),
      because: 'before or after',
      traces: 2,
      failing: 1,
    },
    ...(
      [
        ['exchange', field, CAS('x', 0, 1)],
        ['tryLock', { kind: 'mutex', name: 'm' }, { op: 'mutex.tryLock', on: 'm' }],
      ] as const
    ).map(([name, part, use]) => ({
      program: program(
        `${name} after free`,
        [block('b', part)],
        [thread('a', act('block.free', 'b')), thread('b', use)],
      ),
      because: 'before or after',
      traces: 2,
      failing: name === 'exchange' ? 1 : 2,
    })),
    {
      program: program(
        'waiters of retired memory',
        [block('b', { kind: 'mutex', name: 'm' })],
        [
          thread('r', act('block.retire', 'b')),
          ...times(3, (i) => thread(`t${String(i)}`, lock('m'))),
        ],
      ),
      because:
        'who waits goes on into the violation: all orders of the locks after the end, or one of ' +
        'them before it and the two others in either order: 3! + 3 * 2',
      traces: 12,
      deadlocks: 0,
      failing: 12,
    },
    {
      program: program(
        'use after retire of the container',
        [block('outer', block('inner', field), { kind: 'atomic', name: 'y', initial: 0 })],
        [thread('a', act('block.retire', 'outer')), thread('b', R('x')), thread('c', R('y'))],
      ),
      because: 'each access is before or after, and they commute',
      traces: 4,
      failing: 3,
    },
    {
      program: program(
        'double free',
        [block('b')],
        [thread('a', act('block.free', 'b')), thread('b', act('block.free', 'b'))],
      ),
      because: 'either comes second',
      traces: 2,
      failing: 2,
    },
    ...[2, 3].map((n) => ({
      program: program(
        `last one frees(${String(n)})`,
        [block('b', count(n), field)],
        times(n, (i) => thread(`t${String(i)}`, put, whenEqual(0, 1, [act('block.free', 'b')]))),
        { leakCheck: true },
      ),
      because: 'the puts are ordered, the last one frees',
      traces: factorial(n),
      failing: 0,
    })),
    {
      program: program('put too often', [held], [thread('a', put, put), thread('b', put)]),
      because: 'three puts in three orders, the last one is one too many',
      traces: 3,
      failing: 3,
    },
    {
      program: program(
        'tryGet against put',
        [block('b', count(1), field)],
        [thread('a', put), thread('b', { op: 'refcount.tryGet', on: 'n', to: 0 })],
      ),
      because: 'it succeeds or fails',
      traces: 2,
      failing: 0,
    },
    {
      program: program(
        'race',
        [plain('p')],
        [
          thread('a', { op: 'plain.write', on: 'p', value: 1 }),
          thread('b', { op: 'plain.read', on: 'p', to: 0 }),
        ],
      ),
      because: 'unordered in both orders',
      traces: 2,
      failing: 2,
    },
    {
      program: program(
        'publication',
        [plain('p'), atomic('f')],
        [
          thread('a', { op: 'plain.write', on: 'p', value: 1 }, W('f')),
          thread('b', R('f'), whenEqual(0, 1, [{ op: 'plain.read', on: 'p', to: 1 }])),
        ],
      ),
      because: 'who sees the flag may read',
      traces: 2,
      failing: 0,
    },
    {
      program: program(
        'failed exchange publishes nothing',
        [plain('p'), atomic('f')],
        [
          thread('a', { op: 'plain.write', on: 'p', value: 1 }, CAS('f', 7, 1)),
          thread('b', CAS('f', 0, 1), { op: 'plain.read', on: 'p', to: 1 }),
        ],
      ),
      because:
        'the exchanges in either order, then write and read in either order but for a circle',
      traces: 3,
      failing: 3,
    },
    ...[1, 2, 3].map((n) => ({
      program: program(
        `fork and join(${String(n)})`,
        [plain('p'), ...times(n, (i) => plain(`p${String(i)}`))],
        [
          thread(
            'main',
            ...times(n, (i): Instruction => ({ op: 'spawn', on: `c${String(i)}` })),
            ...times(n, (i): Instruction => ({ op: 'join', on: `c${String(i)}` })),
            ...times(n, (i): Instruction => ({ op: 'plain.read', on: `p${String(i)}`, to: 0 })),
          ),
        ],
        {
          spawnable: times(n, (i) =>
            thread(`c${String(i)}`, { op: 'plain.write', on: `p${String(i)}`, value: 1 }),
          ),
        },
      ),
      because: 'spawn and join order everything',
      traces: 1,
      failing: 0,
    })),
    {
      program: program(
        'spawn between accesses',
        [atomic('x')],
        [thread('main', W('x', 1), { op: 'spawn', on: 'c' }, R('x')), thread('d', R('x', 1))],
        { spawnable: [thread('c', W('x', 2))] },
      ),
      because:
        'the child stores after its parent did, before or after it loads: 2; the other load is ' +
        'at one of three places. The parent is preempted only to load what its child stored',
      traces: 6,
      failing: 0,
      tracesWithin: [3, 6],
    },
    {
      program: program(
        'join of a thread without steps, and of a child',
        [atomic('x')],
        [
          thread('main', { op: 'join', on: 'b' }, { op: 'spawn', on: 'c' }, ...joinAndStore),
          thread('b'),
          thread('d', W('x', 3)),
        ],
        { spawnable: [thread('c', W('x', 1))] },
      ),
      because: 'the child stores before its parent, and the other one at any place',
      traces: 3,
      failing: 0,
      tracesWithin: [3],
    },
    {
      program: program(
        'join between accesses',
        [atomic('x')],
        [thread('a', R('x')), thread('b', { op: 'join', on: 'a' }, W('x'))],
      ),
      because: 'the join orders them',
      traces: 1,
      failing: 0,
      tracesWithin: [1],
    },
    {
      program: program(
        'join each other',
        [],
        [thread('a', { op: 'join', on: 'b' }), thread('b', { op: 'join', on: 'a' })],
      ),
      because: 'nobody can begin',
      traces: 1,
      deadlocks: 1,
    },
  ];
}
