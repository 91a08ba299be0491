import type { Violation } from '../program.js';
import type { Interner } from './interner.js';

/** One shared operation of a compiled program. */
export interface Step {
  /** How many ways the step can go now; 0 while it is not enabled. A step that would violate is enabled. */
  branches(world: World, thread: number): number;
  execute(world: World, thread: number, branch: number): void;
  /** The threads this blocked step waits for through a lock or a join, as a bit set. */
  waitsFor?(world: World, thread: number): number;
}

/** Local computation between two steps. */
export interface Local {
  /** Moves the program counter. */
  run(world: World, thread: number): void;
}

export type Code = readonly (Step | Local)[];

export const NOT_CREATED = -1;
export const FINISHED = -2;

export function isStep(code: Step | Local): code is Step {
  return 'branches' in code;
}

/** Where things live in the state, which is one flat array of integers so that copying it is cheap. */
export class Layout {
  readonly initial: number[] = [];
  readonly failed: number;
  readonly broken: number;
  private readonly base: number;
  private readonly stride: number;

  constructor(
    readonly threads: number,
    readonly registers: number,
    /** Vector clocks are kept only for programs with plain variables. */
    readonly races: boolean,
  ) {
    if (threads > 30) throw new Error('more than 30 threads do not fit a bit set');
    /** 1 once a thread hit a violation. */
    this.failed = this.reserve(1);
    /** Bit i: invariant i has failed. */
    this.broken = this.reserve(1);
    this.stride = 2 + registers + (races ? threads : 0);
    this.base = this.reserve(this.stride * threads);
    for (let t = 0; t < threads; t++) {
      this.initial[this.pc(t)] = NOT_CREATED;
      this.initial[this.last(t)] = t + 1;
    }
  }

  reserve(count: number, value = 0): number {
    const offset = this.initial.length;
    for (let i = 0; i < count; i++) this.initial.push(value);
    return offset;
  }

  /** A vector clock of the synchronisation order, or -1 when races are of no interest. */
  reserveClock(): number {
    return this.races ? this.reserve(this.threads) : -1;
  }

  /** What dependency tracking knows of one object: the last write, then the last read of each thread since. */
  reserveObject(): number {
    return this.reserve(1 + this.threads);
  }

  pc(thread: number): number {
    return this.base + thread * this.stride;
  }

  /** The identity of the thread's last event together with everything it depends on. */
  last(thread: number): number {
    return this.base + thread * this.stride + 1;
  }

  register(thread: number, reg: number): number {
    return this.base + thread * this.stride + 2 + reg;
  }

  clock(thread: number): number {
    return this.races ? this.base + thread * this.stride + 2 + this.registers : -1;
  }
}

/** Thrown by a peek at a part of a dead block, caught where peeks are legal. */
export class DeadPeek {
  constructor(readonly block: string) {}
}

/**
 * The current state with the operations on it that are common to all steps: footprint, violations, clocks, local
 * code. An engine points `s` at the state it wants to advance.
 */
export class World {
  s: Int32Array;
  /** The footprint of the step being executed: objects and whether each is written. */
  readonly touched: number[] = [];
  readonly writes: boolean[] = [];
  /** What the last step violated. */
  readonly violations: Violation[] = [];
  /** The thread that the last step spawned or joined, or -1. */
  spawned = -1;
  joined = -1;

  constructor(
    readonly layout: Layout,
    readonly code: Code,
    readonly interner: Interner,
  ) {
    this.s = Int32Array.from(layout.initial);
  }

  // ---- used by steps

  reads(object: number): void {
    if (!this.touched.includes(object)) {
      this.touched.push(object);
      this.writes.push(false);
    }
  }

  write(object: number): void {
    const at = this.touched.indexOf(object);
    if (at >= 0) this.writes[at] = true;
    else {
      this.touched.push(object);
      this.writes.push(true);
    }
  }

  violate(kind: string, property: string): void {
    this.violations.push({ kind, property });
  }

  get(offset: number): number {
    return this.s[offset] as number;
  }

  setRegister(thread: number, reg: number | undefined, value: number): void {
    if (reg !== undefined) this.s[this.layout.register(thread, reg)] = value;
  }

  /** The vector clock at `to` learns what the one at `from` knows. */
  learn(to: number, from: number): void {
    if (to < 0 || from < 0) return;
    for (let i = 0; i < this.layout.threads; i++) {
      if (this.get(from + i) > this.get(to + i)) this.s[to + i] = this.get(from + i);
    }
  }

  /** The vector clock at `to` is replaced. */
  copyClock(to: number, from: number): void {
    if (to < 0 || from < 0) return;
    this.s.copyWithin(to, from, from + this.layout.threads);
  }

  // ---- used by engines

  /** How many ways the thread's pending step can go; 0 when it has none or it is not enabled. */
  branches(thread: number): number {
    const pc = this.get(this.layout.pc(thread));
    return pc < 0 ? 0 : (this.code[pc] as Step).branches(this, thread);
  }

  pending(thread: number): Step | undefined {
    const pc = this.get(this.layout.pc(thread));
    return pc < 0 ? undefined : (this.code[pc] as Step);
  }

  /** Starts a thread: it runs up to its first step. */
  start(thread: number, pc: number): void {
    this.s[this.layout.pc(thread)] = pc;
    this.runLocal(thread);
  }

  /** Executes the pending step of a thread that can run, and the local code after it. */
  step(thread: number, branch: number): void {
    const { layout } = this;
    this.touched.length = 0;
    this.writes.length = 0;
    this.violations.length = 0;
    this.spawned = -1;
    this.joined = -1;
    const at = layout.pc(thread);
    const pc = this.get(at);
    if (layout.races) {
      const own = layout.clock(thread) + thread;
      this.s[own] = this.get(own) + 1;
    }
    this.s[at] = pc + 1;
    (this.code[pc] as Step).execute(this, thread, branch);
    if (this.spawned >= 0) this.learn(layout.clock(this.spawned), layout.clock(thread));
    if (this.violations.length > 0) this.end(thread);
    else this.runLocal(thread);
    const event = this.identify(thread, branch);
    this.recordFootprint(thread, event);
    if (this.spawned >= 0) {
      this.adopt(event);
      this.runLocal(this.spawned);
    }
    if (this.violations.length > 0) this.s[layout.failed] = 1;
  }

  /** The identity of the whole execution so far, up to equivalence: the last event of each thread says it all. */
  trace(): number {
    let id = 0;
    for (let t = 0; t < this.layout.threads; t++) {
      id = this.interner.pair(id, this.get(this.layout.last(t)));
    }
    return id;
  }

  /**
   * An event is its thread's previous event, the branch taken, and for each object touched the events of it that it
   * depends on directly. Equal identities therefore mean equal histories.
   */
  private identify(thread: number, branch: number): number {
    const { interner, layout } = this;
    let id = interner.pair(this.get(layout.last(thread)), branch);
    for (let i = 0; i < this.touched.length; i++) {
      const object = this.touched[i] as number;
      const write = this.writes[i] as boolean;
      id = interner.pair(id, object * 2 + (write ? 1 : 0));
      id = interner.pair(id, this.get(object));
      if (!write) continue;
      for (let t = 1; t <= layout.threads; t++) {
        const reader = this.get(object + t);
        if (reader !== 0) id = interner.pair(id, reader);
      }
    }
    return this.joined < 0 ? id : interner.pair(id, this.get(layout.last(this.joined)));
  }

  private recordFootprint(thread: number, event: number): void {
    this.s[this.layout.last(thread)] = event;
    for (let i = 0; i < this.touched.length; i++) {
      const object = this.touched[i] as number;
      if (this.writes[i] === true) {
        this.s[object] = event;
        this.s.fill(0, object + 1, object + 1 + this.layout.threads);
      } else this.s[object + 1 + thread] = event;
    }
  }

  /** The spawned thread's history begins with the step that spawned it. */
  private adopt(event: number): void {
    const at = this.layout.last(this.spawned);
    this.s[at] = this.interner.pair(this.get(at), event);
  }

  private end(thread: number): void {
    this.s[this.layout.pc(thread)] = FINISHED;
  }

  private runLocal(thread: number): void {
    const at = this.layout.pc(thread);
    const before = this.violations.length;
    for (;;) {
      const pc = this.get(at);
      if (pc < 0) return;
      const code = this.code[pc] as Step | Local;
      if (isStep(code)) return;
      code.run(this, thread);
      if (this.violations.length > before) {
        this.end(thread);
        return;
      }
    }
  }
}
