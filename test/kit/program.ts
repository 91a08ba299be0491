/**
 * Concurrent programs as plain data. They can be generated, permuted, shrunk, printed and stored, run by the brute
 * force in this folder, and compiled to a scenario of the public API: two readings of one text that must agree.
 *
 * Names are unique over all objects, parts, blocks, timers and threads of a program, so that a violation's property
 * says the same in both readings.
 */

export type Comparison = '==' | '!=' | '<' | '>=';

/** A constant, or a local register plus a constant. */
export type Value = number | { readonly reg: number; readonly plus?: number };

/** A test of local registers: costs no step. */
export interface LocalTest {
  readonly reg: number;
  readonly is: Comparison;
  readonly than: Value;
}

/**
 * A condition over shared state. `all` and `any` go from left to right and stop as soon as the result is known; a
 * comparison reads its left side before its right side. What is read decides the footprint.
 */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly alive: string }
  | {
      readonly variable: string;
      readonly is: Comparison;
      readonly than: number | { readonly variable: string };
    };

/** Inside `step`: pokes `write` with a value that may be peeked from another variable. */
export interface Effect {
  readonly write: string;
  readonly value: Value | { readonly peek: string; readonly plus?: number };
}

export type Instruction =
  | { readonly op: 'atomic.load' | 'plain.read'; readonly on: string; readonly to: number }
  | { readonly op: 'atomic.store' | 'plain.write'; readonly on: string; readonly value: Value }
  | {
      readonly op: 'atomic.exchange' | 'atomic.fetchAdd';
      readonly on: string;
      readonly value: Value;
      readonly to?: number;
    }
  | {
      readonly op: 'atomic.compareExchange';
      readonly on: string;
      readonly expected: Value;
      readonly desired: Value;
      readonly to?: number;
    }
  /** v becomes (v * times + plus) mod 8. */
  | {
      readonly op: 'atomic.update';
      readonly on: string;
      readonly times: number;
      readonly plus: number;
      readonly to?: number;
    }
  | { readonly op: PlainCall; readonly on: string }
  /** `to` receives 1 for true and 0 for false. */
  | {
      readonly op: 'mutex.tryLock' | 'refcount.put' | 'refcount.tryGet';
      readonly on: string;
      readonly to?: number;
    }
  | { readonly op: 'rcu.call'; readonly on: string; readonly body: readonly Instruction[] }
  | { readonly op: 'clock.sleep' | 'timer.arm'; readonly on: string; readonly ms: number }
  | { readonly op: 'choose'; readonly values: number; readonly to?: number }
  | { readonly op: 'until'; readonly condition: Condition }
  /** `to` receives 1 when the condition held (or there is none), else 0. */
  | {
      readonly op: 'step';
      readonly when?: Condition;
      readonly then: readonly Effect[];
      readonly otherwise?: readonly Effect[];
      readonly to?: number;
    }
  | { readonly op: 'pause' }
  /** `on` names a thread: one of `spawnable` for spawn, any for join (a spawned one only by its spawner). */
  | { readonly op: 'spawn' | 'join'; readonly on: string }
  | {
      readonly op: 'if';
      readonly test: LocalTest;
      readonly then: readonly Instruction[];
      readonly otherwise?: readonly Instruction[];
    }
  /** At most `times` rounds, each begun only if the test holds. */
  | {
      readonly op: 'repeat';
      readonly times: number;
      readonly test?: LocalTest;
      readonly body: readonly Instruction[];
    }
  | { readonly op: 'set'; readonly to: number; readonly value: Value }
  /** Must come after an operation of the same thread, so that it belongs to a step. */
  | { readonly op: 'assert'; readonly test: LocalTest; readonly message: string };

/** Operations without arguments and without a result. `alloc` makes one of the program's `heap` blocks, once. */
export type PlainCall =
  | 'mutex.lock'
  | 'mutex.unlock'
  | 'rwlock.readLock'
  | 'rwlock.readUnlock'
  | 'rwlock.writeLock'
  | 'rwlock.writeUnlock'
  | 'condition.wait'
  | 'condition.signal'
  | 'condition.broadcast'
  | 'event.set'
  | 'event.reset'
  | 'event.wait'
  | 'semaphore.post'
  | 'semaphore.wait'
  | 'rcu.readLock'
  | 'rcu.readUnlock'
  | 'rcu.synchronize'
  | 'timer.cancel'
  | 'block.alloc'
  | 'block.free'
  | 'block.retire'
  | 'refcount.get';

export type Part =
  | {
      readonly kind: 'atomic' | 'plain' | 'refcount';
      readonly name: string;
      readonly initial: number;
    }
  | { readonly kind: 'mutex'; readonly name: string }
  | BlockDeclaration;

export interface BlockDeclaration {
  readonly kind: 'block';
  readonly name: string;
  readonly parts: readonly Part[];
}

export interface TimerDeclaration {
  readonly name: string;
  readonly body: readonly Instruction[];
}

export type Declaration =
  | Part
  | { readonly kind: 'rwlock' | 'event' | 'rcu'; readonly name: string }
  | { readonly kind: 'semaphore'; readonly name: string; readonly initial: number }
  | { readonly kind: 'condition'; readonly name: string; readonly mutex: string }
  | { readonly kind: 'clock'; readonly name: string; readonly timers: readonly TimerDeclaration[] };

export interface ThreadDeclaration {
  readonly name: string;
  readonly daemon?: boolean;
  readonly body: readonly Instruction[];
}

export interface Check {
  /** The name of an invariant, or the message of a final assertion. */
  readonly name: string;
  readonly condition: Condition;
}

export interface Program {
  readonly name: string;
  readonly objects: readonly Declaration[];
  /** Blocks that threads allocate, each by one instruction that runs at most once. */
  readonly heap?: readonly BlockDeclaration[];
  readonly threads: readonly ThreadDeclaration[];
  /** Threads that other threads spawn, each by one instruction that runs at most once. */
  readonly spawnable?: readonly ThreadDeclaration[];
  readonly invariants?: readonly Check[];
  readonly finals?: readonly Check[];
  readonly leakCheck?: boolean;
}

/** `seen` compared with `than`. */
export function compare(seen: number, is: Comparison, than: number): boolean {
  switch (is) {
    case '==':
      return seen === than;
    case '!=':
      return seen !== than;
    case '<':
      return seen < than;
    case '>=':
      return seen >= than;
  }
}

/** The arithmetic of `atomic.update`: small, total, and not commutative. */
export function updated(value: number, times: number, plus: number): number {
  return (((value * times + plus) % 8) + 8) % 8;
}

/** Every shared step of a program is one of these; the brute force and the report name violations alike. */
export interface Violation {
  readonly kind: string;
  /** Empty for a deadlock: its description is the reporter's business. */
  readonly property: string;
}
