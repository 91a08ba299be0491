import { type Effect, updated, type Value } from '../program.js';
import type { Block, Variable } from './objects.js';
import { evaluate, type Peeking, type Predicate, silently } from './values.js';
import { DeadPeek, type Step, type World } from './world.js';

abstract class AlwaysEnabled {
  branches(): number {
    return 1;
  }
}

export class Load extends AlwaysEnabled implements Step {
  constructor(
    private readonly variable: Variable,
    private readonly to: number | undefined,
  ) {
    super();
  }

  execute(w: World, thread: number): void {
    const { variable } = this;
    w.reads(variable.object);
    if (!variable.touch(w)) return;
    if (variable.kind === 'plain' && variable.races(w, thread, false)) return;
    w.learn(w.layout.clock(thread), variable.clock);
    w.setRegister(thread, this.to, w.get(variable.value));
  }
}

export class Store extends AlwaysEnabled implements Step {
  constructor(
    private readonly variable: Variable,
    private readonly value: Value,
  ) {
    super();
  }

  execute(w: World, thread: number): void {
    const { variable } = this;
    w.write(variable.object);
    if (!variable.touch(w)) return;
    if (variable.kind === 'plain' && variable.races(w, thread, true)) return;
    w.copyClock(variable.clock, w.layout.clock(thread));
    w.s[variable.value] = evaluate(w, thread, this.value);
  }
}

/** Acquire, then release: what every read-modify-write does to the synchronisation order. */
export function exchangeClocks(w: World, thread: number, variable: Variable): void {
  const mine = w.layout.clock(thread);
  w.learn(mine, variable.clock);
  w.learn(variable.clock, mine);
}

/** exchange, fetchAdd and update: `next` computes the new value from the old one. */
export class Modify extends AlwaysEnabled implements Step {
  constructor(
    private readonly variable: Variable,
    private readonly next: (w: World, thread: number, old: number) => number,
    private readonly to: number | undefined,
  ) {
    super();
  }

  execute(w: World, thread: number): void {
    const { variable } = this;
    w.write(variable.object);
    if (!variable.touch(w)) return;
    exchangeClocks(w, thread, variable);
    const old = w.get(variable.value);
    w.s[variable.value] = this.next(w, thread, old);
    w.setRegister(thread, this.to, old);
  }
}

export const exchangeWith =
  (value: Value) =>
  (w: World, thread: number): number =>
    evaluate(w, thread, value);
export const addition =
  (value: Value) =>
  (w: World, thread: number, old: number): number =>
    old + evaluate(w, thread, value);
export const updateWith =
  (times: number, plus: number) =>
  (_w: World, _thread: number, old: number): number =>
    updated(old, times, plus);

export class CompareExchange extends AlwaysEnabled implements Step {
  constructor(
    private readonly variable: Variable,
    private readonly expected: Value,
    private readonly desired: Value,
    private readonly to: number | undefined,
  ) {
    super();
  }

  execute(w: World, thread: number): void {
    const { variable } = this;
    const old = w.get(variable.value);
    const succeeds = variable.isAlive(w) && old === evaluate(w, thread, this.expected);
    if (succeeds) w.write(variable.object);
    else w.reads(variable.object);
    if (!variable.touch(w)) return;
    if (succeeds) {
      exchangeClocks(w, thread, variable);
      w.s[variable.value] = evaluate(w, thread, this.desired);
    } else w.learn(w.layout.clock(thread), variable.clock);
    w.setRegister(thread, this.to, old);
  }
}

/** Peeks that become part of the footprint of the step being executed. */
abstract class Noting implements Peeking {
  constructor(
    protected readonly w: World,
    protected readonly thread: number,
  ) {}

  value(variable: Variable): number {
    this.w.reads(variable.object);
    if (variable.block !== undefined) this.w.reads(variable.block.object);
    const value = variable.peek(this.w);
    this.synchronise(variable);
    return value;
  }

  alive(block: Block): boolean {
    this.w.reads(block.object);
    return block.isAlive(this.w);
  }

  protected synchronise(variable: Variable): void {
    this.w.learn(this.w.layout.clock(this.thread), variable.clock);
  }
}

/** Peeks of plain variables in `until` are not accesses. */
class UntilPeeking extends Noting {}

/** Thrown to leave a `step` at the access that races. */
class Race {}

/** Peeks of plain variables in `step` are accesses like any other. */
class StepPeeking extends Noting {
  protected override synchronise(variable: Variable): void {
    if (variable.kind === 'plain' && variable.races(this.w, this.thread, false)) throw new Race();
    super.synchronise(variable);
  }
}

/** Runs `body`; a peek at a dead block becomes the violation of this step. */
function guarded(w: World, body: () => void): void {
  try {
    body();
  } catch (error) {
    if (error instanceof DeadPeek) w.violate('use-after-free', error.block);
    else if (!(error instanceof Race)) throw error;
  }
}

export class Until implements Step {
  constructor(private readonly condition: Predicate) {}

  branches(w: World): number {
    try {
      return this.condition(silently(w)) ? 1 : 0;
    } catch (error) {
      if (error instanceof DeadPeek) return 1;
      throw error;
    }
  }

  execute(w: World, thread: number): void {
    guarded(w, () => this.condition(new UntilPeeking(w, thread)));
  }
}

export interface ResolvedEffect {
  readonly write: Variable;
  readonly peek: Variable | undefined;
  readonly value: Effect['value'];
}

export class Indivisible extends AlwaysEnabled implements Step {
  constructor(
    private readonly when: Predicate | undefined,
    private readonly then: readonly ResolvedEffect[],
    private readonly otherwise: readonly ResolvedEffect[],
    private readonly to: number | undefined,
  ) {
    super();
  }

  execute(w: World, thread: number): void {
    guarded(w, () => {
      const peeking = new StepPeeking(w, thread);
      const held = this.when === undefined || this.when(peeking);
      for (const effect of held ? this.then : this.otherwise) this.poke(w, thread, peeking, effect);
      w.setRegister(thread, this.to, held ? 1 : 0);
    });
  }

  private poke(w: World, thread: number, peeking: Peeking, effect: ResolvedEffect): void {
    const { write: variable, peek, value } = effect;
    const fresh =
      typeof value === 'object' && 'peek' in value
        ? peeking.value(peek as Variable) + (value.plus ?? 0)
        : evaluate(w, thread, value);
    w.write(variable.object);
    if (variable.block !== undefined) w.reads(variable.block.object);
    variable.peek(w);
    if (variable.kind === 'plain' && variable.races(w, thread, true)) throw new Race();
    w.copyClock(variable.clock, w.layout.clock(thread));
    w.s[variable.value] = fresh;
  }
}
