import { type Atomic, type Mutex, type Routine, type Scenario, scenario } from '../src/index.js';
import type { BareLock, BareProgram, BareThread } from './kit/bare.js';

/** The same program twice: for the harness, and as the bare generators that are its limit. */
export interface Pair {
  readonly scenario: Scenario;
  readonly bare: BareProgram;
  /** Whether the bare threads take locks. */
  readonly locks?: boolean;
}

interface Cell {
  v: number;
}

// The bodies of threads stand outside set-up, for the harness as for the limit: README.md says why.

function times<T>(count: number, make: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => make(i));
}

/** One writer, n readers of one variable: 2^n traces. */
export function readers(n: number): Pair {
  function* write(x: Cell): BareThread {
    yield undefined;
    x.v = 1;
  }
  function* read(x: Cell): Generator<undefined, number, undefined> {
    yield undefined;
    return x.v;
  }
  function* store(x: Atomic<number>): Routine {
    yield* x.store(1);
  }
  function* load(x: Atomic<number>): Routine {
    yield* x.load();
  }
  return {
    scenario: scenario(`readers(${n})`, (sim) => {
      const x = sim.atomic('x', 0);
      sim.thread('w', () => store(x));
      for (let i = 0; i < n; i++) sim.thread(`r${i}`, () => load(x));
    }),
    bare: () => {
      const x = { v: 0 };
      return [write(x), ...times(n, () => read(x))];
    },
  };
}

/** One thread looks for the last zero of an array whose cells the others compute, each from its neighbour (POPL 2014). */
export function lastzero(n: number): Pair {
  function* search(a: Cell[]): BareThread {
    let i = n;
    for (; i >= 0; i--) {
      yield undefined;
      if (a[i]!.v === 0) return;
    }
  }
  function* compute(a: Cell[], j: number): BareThread {
    yield undefined;
    const seen = a[j]!.v;
    yield undefined;
    a[j + 1]!.v = seen + 1;
  }
  function* searching(a: Atomic<number>[]): Routine {
    for (let i = n; i >= 0; i--) if ((yield* a[i]!.load()) === 0) return;
  }
  function* computing(a: Atomic<number>[], j: number): Routine {
    const seen = yield* a[j]!.load();
    yield* a[j + 1]!.store(seen + 1);
  }
  return {
    scenario: scenario(`lastzero(${n})`, (sim) => {
      const a = times(n + 1, (i) => sim.atomic(`a${i}`, 0));
      sim.thread('t0', () => searching(a));
      for (let j = 0; j < n; j++) sim.thread(`t${j + 1}`, () => computing(a, j));
    }),
    bare: () => {
      const a = times(n + 1, () => ({ v: 0 }));
      return [search(a), ...times(n, (j) => compute(a, j))];
    },
  };
}

/** n threads increment without a lock: (n!)^2 traces. */
export function inc(n: number): Pair {
  function* increment(x: Cell): BareThread {
    yield undefined;
    const seen = x.v;
    yield undefined;
    x.v = seen + 1;
  }
  function* incrementing(x: Atomic<number>): Routine {
    const seen = yield* x.load();
    yield* x.store(seen + 1);
  }
  return {
    scenario: scenario(`inc(${n})`, (sim) => {
      const x = sim.atomic('x', 0);
      for (let i = 0; i < n; i++) sim.thread(`t${i}`, () => incrementing(x));
    }),
    bare: () => {
      const x = { v: 0 };
      return times(n, () => increment(x));
    },
  };
}

/** n threads compare and exchange, then store. */
export function casw(n: number): Pair {
  function* exchange(x: Cell, i: number): BareThread {
    yield undefined;
    if (x.v === 0) x.v = 1;
    yield undefined;
    x.v = i + 3;
  }
  function* exchanging(x: Atomic<number>, i: number): Routine {
    yield* x.compareExchange(0, 1);
    yield* x.store(i + 3);
  }
  return {
    scenario: scenario(`casw(${n})`, (sim) => {
      const x = sim.atomic('x', 0);
      for (let i = 0; i < n; i++) sim.thread(`t${i}`, () => exchanging(x, i));
    }),
    bare: () => {
      const x = { v: 0 };
      return times(n, (i) => exchange(x, i));
    },
  };
}

/** n philosophers take the left fork, then the right one: 2^n - 1 traces, of which one is a deadlock. */
export function philosophers(n: number): Pair {
  function* dine(left: BareLock, right: BareLock): BareThread {
    yield left;
    yield right;
    yield undefined;
    right.held = false;
    yield undefined;
    left.held = false;
  }
  function* dining(left: Mutex, right: Mutex): Routine {
    yield* left.lock();
    yield* right.lock();
    yield* right.unlock();
    yield* left.unlock();
  }
  return {
    scenario: scenario(`philosophers(${n})`, (sim) => {
      const forks = times(n, (i) => sim.mutex(`f${i}`));
      for (let i = 0; i < n; i++) {
        const left = forks[i]!;
        const right = forks[(i + 1) % n]!;
        sim.thread(`p${i}`, () => dining(left, right));
      }
    }),
    bare: () => {
      const forks = times(n, () => ({ held: false }));
      return times(n, (i) => dine(forks[i]!, forks[(i + 1) % n]!));
    },
    locks: true,
  };
}

/** A head of conflicting stores, so that there are tens of thousands of traces, then steps that conflict with nothing. */
export function conflictFree(stepsPerThread: number): Scenario {
  function* work(x: Atomic<number>, own: Atomic<number>): Routine {
    for (let n = 0; n < 4; n++) yield* x.store(n);
    for (let n = 0; n < stepsPerThread; n += 2) {
      const seen = yield* own.load();
      yield* own.store(seen + 1);
    }
  }
  return scenario(
    'conflict-free',
    (sim) => {
      const x = sim.atomic('x', 0);
      for (let i = 0; i < 3; i++) {
        const own = sim.atomic(`own${i}`, 0);
        sim.thread(`t${i}`, () => work(x, own));
      }
    },
    { maxSteps: 1_000_000 },
  );
}

/** Increments under one lock, four steps each. */
export function underOneLock(stepsPerThread: number): Scenario {
  function* work(m: Mutex, x: Atomic<number>): Routine {
    for (let n = 0; n < stepsPerThread; n += 4) {
      yield* m.lock();
      const seen = yield* x.load();
      yield* x.store(seen + 1);
      yield* m.unlock();
    }
  }
  return scenario(
    'under one lock',
    (sim) => {
      const m = sim.mutex('m');
      const x = sim.atomic('x', 0);
      for (let i = 0; i < 3; i++) sim.thread(`t${i}`, () => work(m, x));
    },
    { maxSteps: 1_000_000 },
  );
}

/** Two threads with k stores of one variable each: the binomial coefficient of 2k over k traces. */
export function writers(k: number): Scenario {
  function* write(x: Atomic<number>): Routine {
    for (let n = 0; n < k; n++) yield* x.store(n);
  }
  return scenario(
    `writers(${k})`,
    (sim) => {
      const x = sim.atomic('x', 0);
      for (let i = 0; i < 2; i++) sim.thread(`t${i}`, () => write(x));
    },
    { maxSteps: 1_000_000 },
  );
}
