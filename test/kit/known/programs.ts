import {
  atomic,
  CAS,
  lock,
  mutex,
  plain,
  program,
  R,
  RMW,
  thread,
  times,
  unlock,
  W,
} from '../build.js';
import type { Instruction, Program } from '../program.js';

/** Families of programs with a parameter. */

export function readers(n: number): Program {
  const others = times(n, (i) => thread(`r${String(i)}`, R('x')));
  return program(`readers(${String(n)})`, [atomic('x')], [thread('w', W('x')), ...others]);
}

export function lastzero(n: number): Program {
  const cell = (i: number): string => `a${String(i)}`;
  const search = (i: number): Instruction[] =>
    i < 0
      ? []
      : [R(cell(i), i), { op: 'if', test: { reg: i, is: '!=', than: 0 }, then: search(i - 1) }];
  const writers = times(n, (j) =>
    thread(`t${String(j + 1)}`, R(cell(j)), {
      op: 'atomic.store',
      on: cell(j + 1),
      value: { reg: 0, plus: 1 },
    }),
  );
  return program(
    `lastzero(${String(n)})`,
    times(n + 1, (i) => atomic(cell(i))),
    [thread('t0', ...search(n)), ...writers],
  );
}

export function inc(n: number): Program {
  return program(
    `inc(${String(n)})`,
    [atomic('x')],
    times(n, (i) =>
      thread(`t${String(i)}`, R('x'), {
        op: 'atomic.store',
        on: 'x',
        value: { reg: 0, plus: 1 },
      }),
    ),
  );
}

export function ainc(n: number): Program {
  return program(
    `ainc(${String(n)})`,
    [atomic('x')],
    times(n, (i) => thread(`t${String(i)}`, RMW('x'))),
  );
}

export function casw(n: number): Program {
  return program(
    `casw(${String(n)})`,
    [atomic('x')],
    times(n, (i) => thread(`t${String(i)}`, CAS('x', 0, 1), W('x', i + 3))),
  );
}

export function lockinc(n: number): Program {
  return program(
    `lockinc(${String(n)})`,
    [mutex('m'), plain('x')],
    times(n, (i) =>
      thread(
        `t${String(i)}`,
        lock('m'),
        { op: 'plain.read', on: 'x', to: 0 },
        { op: 'plain.write', on: 'x', value: { reg: 0, plus: 1 } },
        unlock('m'),
      ),
    ),
    {
      finals: [{ name: 'all counted', condition: { variable: 'x', is: '==', than: n } }],
    },
  );
}

/** With `ordered`, the last one takes its forks in the other order, and nothing can go wrong. */
export function philosophers(n: number, ordered = false): Program {
  const fork = (i: number): string => `f${String(i % n)}`;
  return program(
    `${ordered ? 'orderedPhilosophers' : 'philosophers'}(${String(n)})`,
    times(n, (i) => mutex(fork(i))),
    times(n, (i) => {
      const [first, second] =
        ordered && i === n - 1 ? [fork(i + 1), fork(i)] : [fork(i), fork(i + 1)];
      return thread(`p${String(i)}`, lock(first), lock(second), unlock(second), unlock(first));
    }),
  );
}

/** The usual litmus tests, each thread a string like `Wx Ry`. */
export function litmus(name: string, ...threads: string[]): Program {
  return program(
    name,
    [atomic('x'), atomic('y'), atomic('z')],
    threads.map((text, i) =>
      thread(
        `t${String(i)}`,
        ...text
          .split(' ')
          .map((word, at) =>
            word.startsWith('W') ? W(word.slice(1), i + 1) : R(word.slice(1), at),
          ),
      ),
    ),
  );
}

/** Store buffering (`Wxi Rxi+1`) or load buffering (`Rxi Wxi+1`) round a ring. */
export function ring(n: number, kind: 'SB' | 'LB'): Program {
  const name = (i: number): string => `x${String(i % n)}`;
  return program(
    `${kind} ring(${String(n)})`,
    times(n, (i) => atomic(name(i))),
    times(n, (i) =>
      kind === 'SB'
        ? thread(`t${String(i)}`, W(name(i)), R(name(i + 1)))
        : thread(`t${String(i)}`, R(name(i)), W(name(i + 1))),
    ),
  );
}

/** Two threads with k writes of one variable each. */
export function writers(k: number): Program {
  return program(
    `writers(${String(k)})`,
    [atomic('x')],
    times(2, (i) => thread(`t${String(i)}`, ...times(k, () => W('x')))),
  );
}

/** n threads with one write of the variable each. */
export function singleWriters(n: number): Program {
  return program(
    `singleWriters(${String(n)})`,
    [atomic('x')],
    times(n, (i) => thread(`t${String(i)}`, W('x', i))),
  );
}

/** Fibonacci by two threads that overwrite each other (SV-COMP). */
export function fib(k: number): Program {
  const half = (to: string, from: string): Instruction[] => [
    R(to, 0),
    R(from, 1),
    // The sum of two registers does not matter for the count.
    { op: 'atomic.store', on: to, value: { reg: 0, plus: 1 } },
  ];
  return program(
    `fib(${String(k)})`,
    [atomic('i', 1), atomic('j', 1)],
    [
      thread('t1', ...times(k, () => half('i', 'j')).flat()),
      thread('t2', ...times(k, () => half('j', 'i')).flat()),
    ],
  );
}
