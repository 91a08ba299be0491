import { atomic, program, R, thread, W, whenEqual } from '../build.js';
import { factorial, type Known } from './entry.js';
import {
  ainc,
  casw,
  inc,
  lastzero,
  litmus,
  lockinc,
  philosophers,
  readers,
  singleWriters,
} from './programs.js';

const x = atomic('x');
const y = atomic('y');
const z = atomic('z');

export function published(): Known[] {
  const because = 'published, or independently recomputed';
  return [
    ...[1, 2, 4, 6].map((n) => ({ program: readers(n), because, traces: 2 ** n })),
    ...[2, 5, 12, 28, 64].map((traces, i) => ({ program: lastzero(i + 1), because, traces })),
    {
      program: program(
        'POPL 2014 example',
        [x, y, z],
        [
          thread('p', W('x')),
          thread('q', W('y')),
          thread('r', R('y'), whenEqual(0, 0, [W('z')])),
          thread('s', R('z'), whenEqual(0, 1, [R('y', 1), whenEqual(1, 0, [W('x', 2)])])),
        ],
      ),
      because,
      traces: 5,
    },
    { program: litmus('SB', 'Wx Ry', 'Wy Rx'), because, traces: 3 },
    { program: litmus('LB', 'Rx Wy', 'Ry Wx'), because, traces: 3 },
    { program: litmus('MP', 'Wx Wy', 'Ry Rx'), because, traces: 3 },
    { program: litmus('2+2W', 'Wx Wy', 'Wy Wx'), because, traces: 3 },
    { program: litmus('IRIW', 'Wx', 'Rx Ry', 'Ry Rx', 'Wy'), because, traces: 15 },
    { program: litmus('CoRR1', 'Wx', 'Wx', 'Rx Rx', 'Rx'), because, traces: 36 },
    ...[2, 3, 4, 5].map((n) => ({ program: ainc(n), because, traces: factorial(n) })),
    { program: inc(2), because, traces: 4 },
    { program: inc(3), because, traces: 36, schedulesWithin: [6, 24, 60, 90] },
    { program: inc(4), because, traces: 576 },
    { program: casw(2), because, traces: 6, tracesWithin: [2, 4, 6] },
    { program: casw(3), because, traces: 66 },
    ...[2, 3, 4].map((n) => ({
      program: lockinc(n),
      because,
      traces: factorial(n),
      failing: 0,
    })),
    ...[1 / 2, 1 / 3, 0.229167, undefined].map((walkFails, i) => ({
      program: philosophers(i + 2),
      because,
      traces: 2 ** (i + 2) - 1,
      deadlocks: 1,
      failing: 1,
      ...(walkFails === undefined ? {} : { walkFails }),
    })),
    {
      program: singleWriters(6),
      because: 'permutations with at most c inversions',
      traces: 720,
      delaysWithin: [1, 6, 20, 49, 98],
    },
  ];
}
