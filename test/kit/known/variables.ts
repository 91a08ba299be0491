import { atomic, program, R, thread, times, W, whenEqual } from '../build.js';
import type { Effect } from '../program.js';
import { binomial, factorial, type Known, running } from './entry.js';
import { ainc, litmus, ring, writers } from './programs.js';

const x = atomic('x');
const y = atomic('y');

const addOne: Effect = { write: 'x', value: { peek: 'x', plus: 1 } };

/** Schedules of two threads with k steps each that switch exactly c times before one of them is finished. */
function twoThreadSchedules(k: number, c: number): number {
  const blocks = c + 2;
  const half = Math.floor(blocks / 2);
  return blocks % 2 === 0
    ? 2 * binomial(k - 1, half - 1) ** 2
    : 2 * binomial(k - 1, half) * binomial(k - 1, half - 1);
}

export function variables(): Known[] {
  return [
    ...[2, 3, 4, 5].flatMap((n) => [
      {
        program: ring(n, 'SB'),
        because: 'each read is before or after its write; all before is a circle',
        traces: 2 ** n - 1,
      },
      {
        program: ring(n, 'LB'),
        because: 'each read is before or after its write; all after is a circle',
        traces: 2 ** n - 1,
      },
    ]),
    ...[1, 2, 3].map((k) => ({
      program: writers(k),
      because: 'all interleavings differ; runs of one thread are compositions of k',
      traces: binomial(2 * k, k),
      interleavings: binomial(2 * k, k),
      tracesWithin: running(times(2 * k - 1, (c) => twoThreadSchedules(k, c))),
      schedulesWithin: running(times(2 * k - 1, (c) => twoThreadSchedules(k, c))),
    })),
    ...(
      [
        [2, 3],
        [4, 2],
        [3, 3],
      ] as const
    ).map(([n, m]) => ({
      program: program(
        `stream(${String(n)},${String(m)})`,
        [x],
        [thread('w', ...times(n, () => W('x'))), thread('r', ...times(m, () => R('x')))],
      ),
      because: 'each read falls between two writes, in order: a multiset',
      traces: binomial(n + m, m),
    })),
    ...[2, 3].map((n) => ({
      program: program(
        `ainc(${String(n)}) and a reader`,
        [x],
        [...ainc(n).threads, thread('r', R('x'))],
      ),
      because: 'the reader falls between two of the increments',
      traces: factorial(n + 1),
    })),
    {
      program: program(
        'a step that may look only',
        [x, y],
        [
          thread(
            'a',
            { op: 'step', when: { variable: 'y', is: '==', than: 0 }, then: [addOne] },
            { op: 'step', then: [addOne] },
          ),
          thread('b', { op: 'step', then: [{ write: 'y', value: 2 }] }),
          thread('c', { op: 'step', then: [{ write: 'x', value: 2 }] }),
        ],
      ),
      because:
        'before b does, a changes x twice, and c comes at one of three places: 3; after it once, ' +
        'and c comes before or after: 2. The race of c with the second step of a has to be ' +
        'reversed again in the execution where the first one changes x',
      traces: 5,
    },
    {
      program: program('a choice', [], [thread('a', { op: 'choose', values: 3 })]),
      because: 'three ways',
      traces: 3,
      tracesWithin: [3],
    },
    {
      program: program(
        'two choices',
        [],
        [3, 2].map((values) => thread(`t${String(values)}`, { op: 'choose', values })),
      ),
      because: 'they are independent',
      traces: 6,
      tracesWithin: [6],
    },
    {
      program: program(
        'choices that decide who stores',
        [x],
        times(2, (i) =>
          thread(
            `t${String(i)}`,
            { op: 'choose', values: 2, to: 0 },
            whenEqual(0, 1, [W('x', i), R('x', 1)]),
          ),
        ),
      ),
      because:
        'neither or one of them: 3; or both, where either load is after the own store, and the ' +
        'stores are in either order with the first load between them or not: 4',
      traces: 7,
      tracesWithin: [5, 7],
    },
    {
      program: program(
        'a choice whether to store',
        [x],
        [
          thread('a', W('x')),
          thread('b', { op: 'choose', values: 2, to: 0 }, whenEqual(0, 1, [W('x', 2)])),
        ],
      ),
      because:
        'without the second store 1, with it 2: reversed they begin with the way that stores, ' +
        'which no other execution begins with',
      traces: 3,
      interleavings: 5,
      tracesWithin: [3],
    },
    ...[2, 3, 4].map((n) => ({
      program: program(
        `independent(${String(n)})`,
        times(n, (i) => atomic(`x${String(i)}`)),
        times(n, (i) => thread(`t${String(i)}`, W(`x${String(i)}`), R(`x${String(i)}`))),
      ),
      because: 'nothing is shared',
      traces: 1,
      interleavings: factorial(2 * n) / 2 ** n,
    })),
    {
      program: litmus('WRC', 'Wx', 'Rx Wy', 'Ry Rx'),
      because: 'three conflicting pairs, of eight orders one is a circle',
      traces: 7,
    },
    {
      program: litmus('ISA2', 'Wx Wy', 'Ry Wz', 'Rz Rx'),
      because: 'three conflicting pairs, of eight orders one is a circle',
      traces: 7,
    },
    {
      program: litmus('RWC', 'Wx', 'Rx Ry', 'Wy Rx'),
      because: 'three conflicting pairs, of eight orders one is a circle',
      traces: 7,
    },
    { program: litmus('R', 'Wx Wy', 'Wy Rx'), because: 'two pairs, one circle', traces: 3 },
    { program: litmus('S', 'Wx Wy', 'Ry Wx'), because: 'two pairs, one circle', traces: 3 },
    {
      program: program(
        'choices',
        [],
        [
          thread('a', { op: 'choose', values: 3 }, { op: 'choose', values: 2 }),
          thread('b', { op: 'choose', values: 4 }),
        ],
      ),
      because: 'each value is a trace of its own, their order is not',
      traces: 24,
      interleavings: 72,
    },
    {
      program: program(
        'until',
        [x],
        [
          thread('w', W('x')),
          thread('u', {
            op: 'until',
            condition: { variable: 'x', is: '==', than: 1 },
          }),
        ],
      ),
      because: 'it can only come after',
      traces: 1,
      deadlocks: 0,
    },
    {
      program: program(
        'until missed',
        [x],
        [
          thread('w', W('x'), W('x', 2)),
          thread('u', {
            op: 'until',
            condition: { variable: 'x', is: '==', than: 1 },
          }),
        ],
      ),
      because: 'between the writes, or never',
      traces: 2,
      deadlocks: 1,
      tracesWithin: [1, 2],
    },
    {
      program: program(
        'step',
        [x, y],
        [
          thread('a', {
            op: 'step',
            when: { variable: 'x', is: '==', than: 0 },
            then: [{ write: 'y', value: 1 }],
          }),
          thread('b', W('x')),
          thread('c', W('y', 2)),
        ],
      ),
      because: 'a before b writes y before or after c; a after b only reads x',
      traces: 3,
    },
    {
      program: program(
        'conditions and readers',
        [x, y],
        [
          thread('a', W('x')),
          thread('b', W('y')),
          ...['x', 'y'].map((variable) =>
            thread(`until ${variable}`, {
              op: 'until',
              condition: { variable, is: '==', than: 1 },
            }),
          ),
          ...times(2, (i) => thread(`r${String(i)}`, R('x'))),
        ],
      ),
      because:
        'each reader is before or after the store; what looks at x has nothing to do with what looks ' +
        'at y, and readers have nothing to do with either',
      traces: 4,
    },
    {
      program: program(
        'a choice of what to change',
        [x, y],
        [
          thread(
            'a',
            { op: 'choose', values: 2, to: 0 },
            {
              op: 'if',
              test: { reg: 0, is: '==', than: 1 },
              then: [{ op: 'step', then: [{ write: 'x', value: 1 }] }],
              otherwise: [{ op: 'step', then: [{ write: 'y', value: 1 }] }],
            },
          ),
          thread('b', { op: 'step', then: [{ write: 'x', value: 2 }] }),
          thread('c', { op: 'step', then: [{ write: 'y', value: 2 }] }),
        ],
      ),
      because: 'the second step of a comes before or after the one that changes the same',
      traces: 4,
    },
  ];
}
