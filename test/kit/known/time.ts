import { act, atomic, plain, program, R, thread, times, W } from '../build.js';
import type { Declaration, Instruction } from '../program.js';
import { factorial, type Known } from './entry.js';

const rcu: Declaration = { kind: 'rcu', name: 'u' };
const enter = act('rcu.readLock', 'u');
const leave = act('rcu.readUnlock', 'u');
const synchronize = act('rcu.synchronize', 'u');
const clock = (...bodies: (readonly Instruction[])[]): Declaration => ({
  kind: 'clock',
  name: 'k',
  timers: bodies.map((body, i) => ({ name: `t${String(i)}`, body })),
});
const arm = (i: number, ms: number): Instruction => ({ op: 'timer.arm', on: `t${String(i)}`, ms });

/** RCU and virtual time. */
export function time(): Known[] {
  return [...graces(), ...timers()];
}

function graces(): Known[] {
  return [
    {
      program: program(
        'grace period',
        [rcu, atomic('x')],
        [thread('r', enter, R('x'), leave), thread('w', W('x'), synchronize)],
      ),
      because:
        'synchronize begins before the section (then the read is last), inside it or after it ' +
        '(then the read is before or after the write)',
      traces: 5,
      deadlocks: 0,
    },
    {
      program: program(
        'synchronize twice',
        [rcu],
        [thread('a', synchronize), thread('b', synchronize)],
      ),
      because: 'they do not conflict',
      traces: 1,
    },
    {
      program: program('reader stays', [rcu], [thread('r', enter), thread('w', synchronize)]),
      because: 'synchronize began before the section, or never ends',
      traces: 2,
      deadlocks: 1,
    },
    {
      program: program('synchronize inside', [rcu], [thread('r', enter, synchronize)]),
      because: 'misuse',
      traces: 1,
      failing: 1,
    },
    {
      program: program(
        'publish, wait, reuse',
        [rcu, plain('p')],
        [
          thread('r', enter, { op: 'plain.read', on: 'p', to: 0 }, leave),
          thread('w', synchronize, { op: 'plain.write', on: 'p', value: 1 }),
        ],
      ),
      because:
        'begin before the section: read and write race in either order; inside or after it: the ' +
        'end of the grace period orders them',
      traces: 4,
      failing: 2,
    },
    ...[2, 3].map((n) => ({
      program: program(
        `callbacks(${String(n)})`,
        [rcu],
        [
          thread(
            'c',
            ...times(n, (): Instruction => ({ op: 'rcu.call', on: 'u', body: [{ op: 'pause' }] })),
          ),
        ],
      ),
      because:
        'the callbacks come in batches: each take comes after some call, each end of a grace ' +
        'period before or after each later call',
      traces: batches(n, 0, 0),
    })),
    {
      program: program(
        'callback frees',
        [rcu, { kind: 'block', name: 'b', parts: [{ kind: 'atomic', name: 'x', initial: 0 }] }],
        [
          thread('r', enter, R('x'), leave),
          thread('w', { op: 'rcu.call', on: 'u', body: [act('block.free', 'b')] }),
        ],
      ),
      because:
        'the batch is taken before the section (access and free in either order), inside it or ' +
        'after it (the free is last)',
      traces: 4,
      failing: 1,
    },
  ];
}

/**
 * How many orders of the events on the queue: n calls; take (enabled when there is something to take), end. While
 * `inside` a grace period only the end and calls are possible.
 */
function batches(calls: number, queued: number, inside: number): number {
  if (calls === 0 && queued === 0) return 1;
  let sum = calls > 0 ? batches(calls - 1, queued + 1, inside) : 0;
  if (inside > 0) sum += batches(calls, queued, 0);
  else if (queued > 0) sum += batches(calls, 0, 1);
  return sum;
}

function timers(): Known[] {
  const pause: readonly Instruction[] = [{ op: 'pause' }];
  return [
    {
      program: program(
        'short timer last',
        [clock(pause, pause)],
        [thread('a', arm(0, 2), arm(1, 1))],
      ),
      because: 'the first fires before the second is armed, or they fire in either order',
      traces: 3,
    },
    {
      program: program(
        'short timer first',
        [clock(pause, pause)],
        [thread('a', arm(0, 1), arm(1, 2))],
      ),
      because: 'the first fires before the second is armed, or after; in any case first',
      traces: 2,
    },
    {
      program: program(
        'cancel',
        [clock([W('x')]), atomic('x')],
        [thread('a', arm(0, 1), { op: 'timer.cancel', on: 't0' })],
      ),
      because: 'it fires before the cancel, or not at all',
      traces: 2,
    },
    ...[1, 2, 3].map((n) => ({
      program: program(
        `sleepers(${String(n)})`,
        [clock()],
        times(n, (i) => thread(`s${String(i)}`, { op: 'clock.sleep', on: 'k', ms: 1 })),
      ),
      because: 'sleepers do not hold up each other: all interleavings, and all differ',
      traces: factorial(2 * n) / 2 ** n,
    })),
    {
      program: program(
        'timer and sleeper',
        [clock(pause)],
        [thread('a', arm(0, 1), { op: 'clock.sleep', on: 'k', ms: 1 })],
      ),
      because: 'the timer fires before the sleep or during it, never after',
      traces: 2,
    },
    {
      program: program(
        'timer and short sleeper',
        [clock(pause)],
        [thread('a', arm(0, 2), { op: 'clock.sleep', on: 'k', ms: 1 })],
      ),
      because: 'the timer fires before the sleep, during it or after',
      traces: 3,
    },
  ];
}
