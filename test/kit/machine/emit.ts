import type { Instruction, Program, ThreadDeclaration } from '../program.js';
import { Alloc, Count, Free, Retire, TryGet } from './blocks.js';
import { Arm, Awake, Cancel, Clock, Fire, Sleep } from './clock.js';
import { Assert, Assign, Choose, Finish, Join, Jump, Pause, Spawn } from './control.js';
import type { Objects } from './declare.js';
import {
  Broadcast,
  Lock,
  ReadLock,
  ReadUnlock,
  Signal,
  TryLock,
  Unlock,
  Wait,
  Wake,
  WriteLock,
  WriteUnlock,
} from './locks.js';
import {
  Call,
  Grace,
  NextCallback,
  RcuReadLock,
  RcuReadUnlock,
  SynchronizeBegin,
  SynchronizeEnd,
  Take,
} from './rcu.js';
import { Post, ResetEvent, SetEvent, WaitEvent, WaitSemaphore } from './signals.js';
import { type Names, resolve } from './values.js';
import {
  addition,
  CompareExchange,
  exchangeWith,
  Indivisible,
  Load,
  Modify,
  type ResolvedEffect,
  Store,
  Until,
  updateWith,
} from './variables.js';
import type { Local, Step } from './world.js';

/** Lays out the code of all threads, callbacks and timers in one array. */
export class Emitter {
  readonly code: (Step | Local)[] = [];
  /** Where each thread starts. */
  readonly starts: number[] = [];
  /** Bodies that are reached from elsewhere: emitted after the threads. */
  private readonly pending: (() => void)[] = [];
  private readonly names: Names;

  constructor(private readonly objects: Objects) {
    this.names = {
      variable: (name) => objects.variables.get(name),
      block: (name) => objects.blocks.get(name),
    };
  }

  emitProgram(program: Program): void {
    const { objects } = this;
    // Daemons come first: others ask where they are idle.
    objects.daemons.forEach(({ serves }, index) => {
      const idle = this.code.length;
      this.starts[objects.firstDaemon + index] = idle;
      if (serves instanceof Clock) this.code.push(new Fire(serves));
      else this.code.push(new Take(serves), new Grace(serves), new NextCallback(serves, idle));
    });
    const threads: readonly ThreadDeclaration[] = [
      ...program.threads,
      ...(program.spawnable ?? []),
    ];
    threads.forEach((thread, index) => {
      this.starts[index] = this.code.length;
      this.emitAll(thread.body);
      this.code.push(new Finish());
    });
    for (const { timer, declaration } of objects.timerBodies) {
      timer.body = this.code.length;
      this.emitAll(declaration.body);
      this.jump(this.starts[timer.owner.daemon] as number);
    }
    // A callback may make callbacks.
    for (let next = this.pending.shift(); next !== undefined; next = this.pending.shift()) next();
  }

  private emitAll(body: readonly Instruction[]): void {
    for (const instruction of body) this.emit(instruction);
  }

  private jump(target: number): void {
    const jump = new Jump();
    jump.target = target;
    this.code.push(jump);
  }

  private emit(i: Instruction): void {
    switch (i.op) {
      case 'set':
        this.code.push(new Assign(i.to, i.value));
        return;
      case 'assert':
        this.code.push(new Assert(i.test, i.message));
        return;
      case 'if':
        this.emitIf(i);
        return;
      case 'repeat':
        this.emitRepeat(i);
        return;
      case 'rcu.call':
        this.emitCall(i);
        return;
      default:
        this.code.push(...this.steps(i));
    }
  }

  private emitIf(i: Instruction & { op: 'if' }): void {
    const skip = new Jump(i.test);
    const end = new Jump();
    this.code.push(skip);
    this.emitAll(i.then);
    this.code.push(end);
    skip.target = this.code.length;
    this.emitAll(i.otherwise ?? []);
    end.target = this.code.length;
  }

  /** Bounded loops are unrolled. */
  private emitRepeat(i: Instruction & { op: 'repeat' }): void {
    const exits: Jump[] = [];
    for (let round = 0; round < i.times; round++) {
      if (i.test !== undefined) {
        const exit = new Jump(i.test);
        exits.push(exit);
        this.code.push(exit);
      }
      this.emitAll(i.body);
    }
    for (const exit of exits) exit.target = this.code.length;
  }

  private emitCall(i: Instruction & { op: 'rcu.call' }): void {
    const rcu = this.objects.rcus.get(i.on);
    const call = new Call(rcu);
    const daemon = this.objects.daemons.findIndex(({ serves }) => serves === rcu);
    const nextCallback = (this.starts[this.objects.firstDaemon + daemon] as number) + 2;
    this.code.push(call);
    this.pending.push(() => {
      call.body = this.code.length;
      this.emitAll(i.body);
      this.jump(nextCallback);
    });
  }

  private steps(
    i: Exclude<Instruction, { op: 'set' | 'assert' | 'if' | 'repeat' | 'rcu.call' }>,
  ): Step[] {
    const { objects } = this;
    switch (i.op) {
      case 'atomic.load':
      case 'plain.read':
        return [new Load(objects.variables.get(i.on), i.to)];
      case 'atomic.store':
      case 'plain.write':
        return [new Store(objects.variables.get(i.on), i.value)];
      case 'atomic.exchange':
        return [new Modify(objects.variables.get(i.on), exchangeWith(i.value), i.to)];
      case 'atomic.fetchAdd':
        return [new Modify(objects.variables.get(i.on), addition(i.value), i.to)];
      case 'atomic.update':
        return [new Modify(objects.variables.get(i.on), updateWith(i.times, i.plus), i.to)];
      case 'atomic.compareExchange':
        return [new CompareExchange(objects.variables.get(i.on), i.expected, i.desired, i.to)];
      case 'mutex.lock':
        return [new Lock(objects.mutexes.get(i.on))];
      case 'mutex.tryLock':
        return [new TryLock(objects.mutexes.get(i.on), i.to)];
      case 'mutex.unlock':
        return [new Unlock(objects.mutexes.get(i.on))];
      case 'rwlock.readLock':
        return [new ReadLock(objects.rwlocks.get(i.on))];
      case 'rwlock.readUnlock':
        return [new ReadUnlock(objects.rwlocks.get(i.on))];
      case 'rwlock.writeLock':
        return [new WriteLock(objects.rwlocks.get(i.on))];
      case 'rwlock.writeUnlock':
        return [new WriteUnlock(objects.rwlocks.get(i.on))];
      case 'condition.wait': {
        const condition = objects.conditions.get(i.on);
        return [new Wait(condition), new Wake(condition)];
      }
      case 'condition.signal':
        return [new Signal(objects.conditions.get(i.on))];
      case 'condition.broadcast':
        return [new Broadcast(objects.conditions.get(i.on))];
      case 'event.set':
        return [new SetEvent(objects.signals.get(i.on))];
      case 'event.reset':
        return [new ResetEvent(objects.signals.get(i.on))];
      case 'event.wait':
        return [new WaitEvent(objects.signals.get(i.on))];
      case 'semaphore.post':
        return [new Post(objects.signals.get(i.on))];
      case 'semaphore.wait':
        return [new WaitSemaphore(objects.signals.get(i.on))];
      case 'rcu.readLock':
        return [new RcuReadLock(objects.rcus.get(i.on))];
      case 'rcu.readUnlock':
        return [new RcuReadUnlock(objects.rcus.get(i.on))];
      case 'rcu.synchronize': {
        const rcu = objects.rcus.get(i.on);
        return [new SynchronizeBegin(rcu), new SynchronizeEnd(rcu)];
      }
      case 'clock.sleep': {
        const clock = objects.clocks.get(i.on);
        return [new Sleep(clock, i.ms), new Awake(clock)];
      }
      case 'timer.arm':
        return [new Arm(objects.timers.get(i.on), i.ms)];
      case 'timer.cancel':
        return [new Cancel(objects.timers.get(i.on))];
      case 'block.alloc':
        return [new Alloc(objects.blocks.get(i.on))];
      case 'block.free':
        return [new Free(objects.blocks.get(i.on))];
      case 'block.retire':
        return [new Retire(objects.blocks.get(i.on))];
      case 'refcount.get':
        return [new Count(objects.variables.get(i.on), 1, undefined)];
      case 'refcount.put':
        return [new Count(objects.variables.get(i.on), -1, i.to)];
      case 'refcount.tryGet':
        return [new TryGet(objects.variables.get(i.on), i.to)];
      case 'choose':
        return [new Choose(i.values, i.to)];
      case 'pause':
        return [new Pause()];
      case 'until':
        return [new Until(resolve(i.condition, this.names))];
      case 'step':
        return [this.indivisible(i)];
      case 'spawn': {
        const child = objects.threads.get(i.on);
        return [new Spawn(child, () => this.starts[child] as number)];
      }
      case 'join':
        return [new Join(objects.threads.get(i.on))];
    }
  }

  private indivisible(i: Instruction & { op: 'step' }): Step {
    const effects = (list: typeof i.then): ResolvedEffect[] =>
      list.map(({ write, value }) => ({
        write: this.names.variable(write),
        peek:
          typeof value === 'object' && 'peek' in value
            ? this.names.variable(value.peek)
            : undefined,
        value,
      }));
    const when = i.when === undefined ? undefined : resolve(i.when, this.names);
    return new Indivisible(when, effects(i.then), effects(i.otherwise ?? []), i.to);
  }
}
