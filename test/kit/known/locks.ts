import { act, atomic, lock, mutex, program, R, thread, times, unlock, W } from '../build.js';
import type { Program } from '../program.js';
import { binomial, factorial, type Known } from './entry.js';
import { philosophers } from './programs.js';

export function locks(): Known[] {
  const semaphore = (initial: number): Program['objects'][number] => ({
    kind: 'semaphore',
    name: 's',
    initial,
  });
  const event: Program['objects'][number] = { kind: 'event', name: 'e' };
  return [
    ...[2, 3, 4].map((n) => ({
      program: philosophers(n, true),
      because: 'each fork has an order; the two circles cannot be',
      traces: 2 ** n - 2,
      deadlocks: 0,
    })),
    ...[2, 3].map((n) => ({
      program: program(
        `guarded(${String(n)})`,
        [semaphore(1)],
        times(n, (i) =>
          thread(`t${String(i)}`, act('semaphore.wait', 's'), act('semaphore.post', 's')),
        ),
      ),
      because: 'a semaphore of one is a lock',
      traces: factorial(n),
    })),
    ...[2, 3].map((n) => ({
      program: program(
        `handover(${String(n)})`,
        [semaphore(0)],
        [
          ...times(n, (i) => thread(`p${String(i)}`, act('semaphore.post', 's'))),
          ...times(n, (i) => thread(`c${String(i)}`, act('semaphore.wait', 's'))),
        ],
      ),
      because: 'ballot sequences, with the threads permuted: Catalan(n) n! n!',
      traces: (binomial(2 * n, n) / (n + 1)) * factorial(n) ** 2,
    })),
    ...[2, 4].map((n) => ({
      program: program(
        `tryLock(${String(n)})`,
        [mutex('m')],
        times(n, (i) => thread(`t${String(i)}`, { op: 'mutex.tryLock', on: 'm' })),
      ),
      because: 'one succeeds, the failures commute',
      traces: n,
    })),
    ...[1, 2, 3].map((n) => ({
      program: program(
        `rwlock(${String(n)})`,
        [{ kind: 'rwlock', name: 'l' }],
        [
          thread('w', act('rwlock.writeLock', 'l'), act('rwlock.writeUnlock', 'l')),
          ...times(n, (i) =>
            thread(`r${String(i)}`, act('rwlock.readLock', 'l'), act('rwlock.readUnlock', 'l')),
          ),
        ],
      ),
      because: 'each reader is before or after the writer',
      traces: 2 ** n,
      deadlocks: 0,
    })),
    ...[1, 2, 3].map((n) => ({
      program: program(
        `kept rwlock(${String(n)})`,
        [{ kind: 'rwlock', name: 'l' }],
        [
          ...times(n, (i) => thread(`r${String(i)}`, act('rwlock.readLock', 'l'))),
          thread('w', act('rwlock.writeLock', 'l')),
        ],
      ),
      because: 'the writer comes first, or never',
      traces: 2,
      deadlocks: 2,
    })),
    {
      program: program(
        'kept rwlock, taken twice',
        [{ kind: 'rwlock', name: 'l' }],
        [
          thread('r', act('rwlock.readLock', 'l')),
          thread(
            's',
            act('rwlock.readLock', 'l'),
            act('rwlock.readUnlock', 'l'),
            act('rwlock.readLock', 'l'),
          ),
          thread('w', act('rwlock.writeLock', 'l')),
        ],
      ),
      because: 'the writer comes first, between the two sections of s, or never',
      traces: 3,
      deadlocks: 3,
    },
    {
      program: program(
        'kept rwlock, asked for by a former reader',
        [{ kind: 'rwlock', name: 'l' }, atomic('x')],
        [
          thread('a', act('rwlock.readLock', 'l'), R('x')),
          thread('b', W('x', 1), act('rwlock.readLock', 'l'), W('x', 2)),
          thread(
            'c',
            act('rwlock.readLock', 'l'),
            R('x'),
            act('rwlock.readUnlock', 'l'),
            act('rwlock.writeLock', 'l'),
          ),
        ],
      ),
      because:
        'c never writes, and either load is at one of three places: 9; or c writes first, and ' +
        'then its load is before or after the only store: 2',
      traces: 11,
      deadlocks: 11,
    },
    {
      program: program(
        'set and reset',
        [event],
        [
          thread('a', act('event.set', 'e'), act('event.reset', 'e')),
          thread('b', act('event.wait', 'e')),
        ],
      ),
      because: 'between them, or never',
      traces: 2,
      deadlocks: 1,
    },
    ...[1, 3].map((n) => ({
      program: program(
        `set(${String(n)})`,
        [event],
        [
          thread('a', act('event.set', 'e')),
          ...times(n, (i) => thread(`b${String(i)}`, act('event.wait', 'e'))),
        ],
      ),
      because: 'waits come after, and commute',
      traces: 1,
    })),
    {
      program: program(
        'lost wake-up',
        [mutex('m'), { kind: 'condition', name: 'c', mutex: 'm' }],
        [
          thread('a', lock('m'), act('condition.wait', 'c'), unlock('m')),
          thread('b', lock('m'), act('condition.signal', 'c'), unlock('m')),
        ],
      ),
      because: 'whoever locks first',
      traces: 2,
      deadlocks: 1,
    },
    ...(
      [
        ['broadcast', 6],
        ['signal', 10],
      ] as const
    ).map(([how, deadlocks]) => ({
      program: program(
        `two waiters, one ${how}`,
        [mutex('m'), { kind: 'condition', name: 'c', mutex: 'm' }],
        [
          ...times(2, (i) =>
            thread(`w${String(i)}`, lock('m'), act('condition.wait', 'c'), unlock('m')),
          ),
          thread('s', act(`condition.${how}`, 'c')),
        ],
      ),
      because:
        'either waits first; the wake-up comes before both (1 way), between them (the first may ' +
        'go on before or after the second waits: 2), or after (either order, or either one: 2)',
      traces: 10,
      deadlocks,
    })),
  ];
}
