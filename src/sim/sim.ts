import type { Execution } from '../engine/execution.js';
import type { FinalCheck } from '../engine/inspection.js';
import type { Operation } from '../engine/operation.js';
import type { ThreadBody, ThreadOptions } from '../engine/thread.js';
import { checkFunction, checkName, checkText, checkThreadOptions } from './arguments.js';
import { Atomic } from './atomic.js';
import { alloc, Block, free, makeBlock } from './block.js';
import { Clock } from './clock.js';
import { Condition } from './condition.js';
import { choose, pause, serve, spawn, step, ThreadHandle, until } from './control.js';
import { SimEvent } from './event.js';
import { Mutex } from './mutex.js';
import { Plain } from './plain.js';
import { Rcu } from './rcu.js';
import { Refcount } from './refcount.js';
import { RwLock } from './rwlock.js';
import { Semaphore } from './semaphore.js';

/**
 * A message, or a function that makes it: the function may `peek`. What it looks at is no access of the thread: `dpor` need not see every
 * value that it could have had.
 *
 * @public
 */
export type Message = string | (() => string);

/**
 * What a scenario's set-up is given: makes threads and what they share, and registers what must hold.
 *
 * Methods that return an operation are for threads, with `yield*`. All others are for set-up, except `assert`, `fail` and `log`,
 * which are for both and for checks, and the making of shared objects, which threads may do too.
 *
 * Reports and tokens know threads and objects by their names, which should differ and must not be empty. What is written wrongly ends
 * the search with a `UsageError`.
 *
 * @public
 */
export class Sim {
  private readonly execution: Execution;

  /** @internal */
  constructor(execution: Execution) {
    this.execution = execution;
  }

  // Threads

  /**
   * A thread that exists from the start. Its body runs up to its first operation before the first step.
   *
   * @param body - a generator function, called once in each execution
   */
  thread(name: string, body: ThreadBody, options: ThreadOptions = {}): ThreadHandle {
    const { execution } = this;
    checkName(execution, 'a thread', name);
    checkThreadOptions(execution, name, options);
    execution.duringSetup(`thread "${name}" (inside a thread use spawn)`);
    return new ThreadHandle(execution.addThread(name, body, options), execution.world);
  }

  /**
   * Starts a thread from inside another: one step, ordered before the child's first step. What the child does before its first operation
   * is part of that step.
   */
  spawn(name: string, body: ThreadBody, options: ThreadOptions = {}): Operation<ThreadHandle> {
    checkName(this.execution, 'a thread', name);
    checkThreadOptions(this.execution, name, options);
    return spawn(this.execution.world, name, body, options);
  }

  /** The name of the thread whose code asks; empty in set-up and in checks. Not a step: a thread's own name never changes. */
  get self(): string {
    return this.execution.self;
  }

  // Shared objects

  /** A sequentially consistent variable. */
  atomic<T>(name: string, initial: T): Atomic<T> {
    checkName(this.execution, 'an atomic variable', name);
    return new Atomic(this.execution, name, initial, undefined);
  }

  /** Ordinary memory, checked for data races. */
  plain<T>(name: string, initial: T): Plain<T> {
    checkName(this.execution, 'a plain variable', name);
    return new Plain(this.execution, name, initial, undefined);
  }

  /** A lock that is not recursive. */
  mutex(name: string): Mutex {
    checkName(this.execution, 'a mutex', name);
    return new Mutex(this.execution, name, undefined);
  }

  /** A reader-writer lock. */
  rwlock(name: string): RwLock {
    checkName(this.execution, 'a reader-writer lock', name);
    return new RwLock(this.execution, name, undefined);
  }

  /** A condition variable that belongs to a mutex. */
  condition(name: string, mutex: Mutex): Condition {
    checkName(this.execution, 'a condition variable', name);
    return new Condition(this.execution, name, mutex, undefined);
  }

  /** A flag to wait for, at first not set. */
  event(name: string): SimEvent {
    checkName(this.execution, 'an event', name);
    return new SimEvent(this.execution, name, undefined);
  }

  /**
   * A counting semaphore.
   *
   * @param count - how many there are at first, a whole number from 0
   */
  semaphore(name: string, count: number): Semaphore {
    checkName(this.execution, 'a semaphore', name);
    return new Semaphore(this.execution, name, count, undefined);
  }

  /**
   * A count of references.
   *
   * @param count - how many there are at first, a whole number from 0
   */
  refcount(name: string, count: number): Refcount {
    checkName(this.execution, 'a refcount', name);
    return new Refcount(this.execution, name, count, undefined);
  }

  /** Read-copy-update, with a daemon thread that runs its callbacks. */
  rcu(name: string): Rcu {
    checkName(this.execution, 'an rcu', name);
    this.execution.duringSetup(`rcu "${name}"`);
    return new Rcu(this.execution, name);
  }

  /** Virtual time, with a daemon thread that runs its timers. */
  clock(name: string): Clock {
    checkName(this.execution, 'a clock', name);
    this.execution.duringSetup(`clock "${name}"`);
    return new Clock(this.execution, name);
  }

  /** A heap block that exists from the start; `alloc` makes one later. */
  block(name: string): Block {
    checkName(this.execution, 'a block', name);
    return makeBlock(this.execution, name);
  }

  /** Allocates a heap block: one step. */
  alloc(name: string): Operation<Block> {
    checkName(this.execution, 'a block', name);
    return alloc(this.execution.world, name);
  }

  /** Frees a heap block: one step. Freeing it again, or freeing an embedded block, is a `double-free`. */
  free(block: Block): Operation<void> {
    if (!(block instanceof Block)) throw this.execution.misuse('free needs a block');
    return free(block);
  }

  // Control

  /**
   * A value from 0 to `count` - 1; every one is explored. One step.
   *
   * @param count - a whole number from 1
   * @param label - what is chosen, for reports
   */
  choose(count: number, label = ''): Operation<number> {
    checkText(this.execution, 'the label of a choice', label);
    return choose(this.execution.world, count, label);
  }

  /**
   * Blocks until the condition, which only `peek`s, is true: one step, enabled while it is. It sees what was stored into the atomic
   * variables that it looks at; a look at a `plain` one is no access that could race.
   *
   * @param label - what is waited for, for reports and as the property of a deadlock
   */
  until(condition: () => unknown, label = ''): Operation<void> {
    checkFunction(this.execution, 'the condition of until', condition);
    checkText(this.execution, 'the label of until', label);
    return until(this.execution.world, condition, label);
  }

  /**
   * Like `until`, for a daemon that waits for work: the only place where a thread made with `service` may be left when an execution
   * ends.
   */
  serve(condition: () => unknown, label = ''): Operation<void> {
    checkFunction(this.execution, 'the condition of serve', condition);
    checkText(this.execution, 'the label of serve', label);
    return serve(this.execution.world, condition, label);
  }

  /**
   * One indivisible step; `action` may `peek` and `poke` any number of variables. Returns its value. Looks at and changes of `plain`
   * variables are accesses that may race.
   */
  step<T>(label: string, action: () => T): Operation<T> {
    checkText(this.execution, 'the label of a step', label);
    checkFunction(this.execution, 'the action of a step', action);
    return step(this.execution.world, label, action);
  }

  /** A scheduling point without effect. */
  pause(): Operation<void> {
    return pause(this.execution.world);
  }

  // Checks

  /**
   * A violation of kind `assertion`, known by its message, when the condition is false; inside an invariant, one of kind `invariant`. Ends
   * the thread.
   */
  assert(condition: boolean, message: Message): void {
    // A check that was called and not run to its end is true.
    if (typeof condition === 'object') {
      this.execution.refuseUndone('the condition of an assertion', condition);
    }
    if (!condition) this.fail(message);
  }

  /** As an `assert` of what is false. */
  fail(message: Message): never {
    const text = this.text(message);
    return this.execution.fail('assertion', text, text);
  }

  /** Checked before the first step and after every one; fails when it returns false or an `assert` in it fails. */
  invariant(name: string, holds: () => boolean | void): void {
    checkName(this.execution, 'an invariant', name);
    checkFunction(this.execution, `the invariant "${name}"`, holds);
    this.execution.addInvariant(name, holds);
  }

  /**
   * Checked at the end of every execution that did not deadlock. One in which a violation ended a thread is `interrupted`: what that
   * thread left undone may be no finding of its own.
   */
  finally(check: FinalCheck): void {
    checkFunction(this.execution, 'a final check', check);
    this.execution.addFinal(check);
  }

  /** Returns a function to call at a place that a useful search must reach; the report lists labels never reached. */
  reachable(label: string): () => void {
    checkName(this.execution, 'a place to reach', label);
    this.execution.duringSetup(`the label "${label}"`);
    const { reachable } = this.execution.session;
    if (!reachable.has(label)) reachable.set(label, false);
    return () => {
      reachable.set(label, true);
    };
  }

  /** A note in the trace, at the step that the thread took last. */
  log(text: Message): void {
    // The text is made in the search too, which shows it to nobody: a peek in it may fail, and must do so always.
    const note = this.text(text);
    this.execution.recorder?.note(note, this.execution.steps);
  }

  private text(message: Message): string {
    const text = typeof message === 'function' ? this.execution.inspect(message) : message;
    checkText(this.execution, 'a message', text);
    return text;
  }
}
