import type { BlockDeclaration, Declaration, Program, TimerDeclaration } from '../program.js';
import { instructionsOf, partsOf } from '../walk.js';
import { Clock, Timer } from './clock.js';
import { Condition, RwLock } from './locks.js';
import { Block, Mutex, Variable } from './objects.js';
import { Rcu } from './rcu.js';
import { Signals } from './signals.js';
import { Layout } from './world.js';

/** Finds things of one kind by name, or says what is missing. */
export class Table<T> {
  private readonly known = new Map<string, T>();

  constructor(private readonly kind: string) {}

  add(name: string, value: T): T {
    if (this.known.has(name)) throw new Error(`two things of kind ${this.kind} are called ${name}`);
    this.known.set(name, value);
    return value;
  }

  get(name: string): T {
    const value = this.known.get(name);
    if (value === undefined) throw new Error(`there is no ${this.kind} called ${name}`);
    return value;
  }

  all(): T[] {
    return [...this.known.values()];
  }
}

export interface Daemon {
  readonly name: string;
  readonly serves: Rcu | Clock;
}

/** Registers that are written or only read, wherever an instruction names one. */
function registersOf(program: Program): number {
  let count = 1;
  for (const [, reg] of JSON.stringify(program).matchAll(/"(?:reg|to)":(\d+)/g)) {
    count = Math.max(count, Number(reg) + 1);
  }
  return count;
}

/** Reports name a part after its block. */
function fullName(block: Block | undefined, name: string): string {
  return block === undefined ? name : `${block.name}.${name}`;
}

/** The objects of a program, with their places in the state. */
export class Objects {
  readonly layout: Layout;
  readonly variables: Table<Variable> = new Table('variable');
  readonly blocks: Table<Block> = new Table('block');
  readonly mutexes: Table<Mutex> = new Table('mutex');
  readonly rwlocks: Table<RwLock> = new Table('rwlock');
  readonly conditions: Table<Condition> = new Table('condition');
  readonly signals: Table<Signals> = new Table('event or semaphore');
  readonly rcus: Table<Rcu> = new Table('rcu');
  readonly clocks: Table<Clock> = new Table('clock');
  readonly timers: Table<Timer> = new Table('timer');
  /** Index by name: threads that exist from the start, then spawnable ones, then daemons. */
  readonly threads: Table<number> = new Table('thread');
  /** The daemon of index i is thread `firstDaemon + i`. */
  readonly daemons: Daemon[] = [];
  readonly firstDaemon: number;
  readonly timerBodies: { readonly timer: Timer; readonly declaration: TimerDeclaration }[] = [];
  private readonly calls = new Map<string, number>();

  constructor(program: Program) {
    for (const i of instructionsOf(program)) {
      if (i.op === 'rcu.call') this.calls.set(i.on, (this.calls.get(i.on) ?? 0) + 1);
    }
    const threads = [...program.threads, ...(program.spawnable ?? [])];
    this.firstDaemon = threads.length;
    const daemons = program.objects.filter((object) => this.needsDaemon(object)).length;
    const races = [...partsOf(program)].some((part) => part.kind === 'plain');
    this.layout = new Layout(threads.length + daemons, registersOf(program), races);
    threads.forEach((thread, index) => this.threads.add(thread.name, index));
    for (const object of program.objects) this.declare(object, undefined, true);
    for (const block of program.heap ?? []) this.declare(block, undefined, false);
  }

  private needsDaemon(object: Declaration): boolean {
    if (object.kind === 'rcu') return this.calls.has(object.name);
    return object.kind === 'clock' && object.timers.length > 0;
  }

  private declare(object: Declaration, block: Block | undefined, fromStart: boolean): void {
    const { layout } = this;
    const { kind, name } = object;
    const full = fullName(block, name);
    switch (kind) {
      case 'atomic':
      case 'plain':
      case 'refcount':
        this.variables.add(name, new Variable(layout, full, block, kind, object.initial));
        return;
      case 'mutex':
        this.mutexes.add(name, new Mutex(layout, full, block));
        return;
      case 'block':
        this.declareBlock(object, block, fromStart);
        return;
      case 'rwlock':
        this.rwlocks.add(name, new RwLock(layout, name));
        return;
      case 'condition':
        this.conditions.add(name, new Condition(layout, name, this.mutexes.get(object.mutex)));
        return;
      case 'event':
        this.signals.add(name, new Signals(layout, name, 0));
        return;
      case 'semaphore':
        this.signals.add(name, new Signals(layout, name, object.initial));
        return;
      case 'rcu': {
        const rcu = new Rcu(layout, name, this.calls.get(name) ?? 0);
        this.rcus.add(name, rcu);
        if (this.needsDaemon(object)) this.daemons.push({ name: `${name} daemon`, serves: rcu });
        return;
      }
      case 'clock':
        this.declareClock(object);
        return;
    }
  }

  private declareBlock(
    block: BlockDeclaration,
    container: Block | undefined,
    fromStart: boolean,
  ): void {
    const made = new Block(this.layout, fullName(container, block.name), container, fromStart);
    this.blocks.add(block.name, made);
    for (const part of block.parts) this.declare(part, made, fromStart);
  }

  private declareClock(declaration: Declaration & { kind: 'clock' }): void {
    const { name, timers } = declaration;
    const daemon = this.needsDaemon(declaration) ? this.firstDaemon + this.daemons.length : -1;
    const clock = this.clocks.add(name, new Clock(this.layout, name, daemon));
    if (daemon >= 0) this.daemons.push({ name: `${name} daemon`, serves: clock });
    for (const timer of timers) {
      const made = this.timers.add(timer.name, new Timer(this.layout, clock));
      this.timerBodies.push({ timer: made, declaration: timer });
    }
  }
}
