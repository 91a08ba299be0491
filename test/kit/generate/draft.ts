import type {
  BlockDeclaration,
  Check,
  Condition,
  Declaration,
  Instruction,
  ThreadDeclaration,
} from '../program.js';
import type { Random } from './random.js';

/** A program in the making. Objects are declared when they are first used. */
export class Draft {
  readonly objects: Map<string, Declaration> = new Map();
  readonly heap: BlockDeclaration[] = [];
  readonly spawnable: ThreadDeclaration[] = [];
  readonly invariants: Check[] = [];
  readonly finals: Check[] = [];
  /** Whether threads may be spawned and blocks made here: not inside callbacks and children. */
  nested = false;

  constructor(readonly random: Random) {}

  private declare(object: Declaration): string {
    if (!this.objects.has(object.name)) this.objects.set(object.name, object);
    return object.name;
  }

  /** A variable that is contended, because there are only two. */
  atomic(): string {
    return this.declare({ kind: 'atomic', name: this.random.pick(['x', 'x', 'y']), initial: 0 });
  }

  flag(name: string): string {
    return this.declare({ kind: 'atomic', name, initial: 0 });
  }

  plain(): string {
    return this.declare({ kind: 'plain', name: this.random.pick(['p', 'p', 'q']), initial: 0 });
  }

  mutex(name: string = this.random.pick(['m', 'm', 'n'])): string {
    return this.declare({ kind: 'mutex', name });
  }

  rwlock(): string {
    return this.declare({ kind: 'rwlock', name: 'l' });
  }

  condition(): string {
    return this.declare({ kind: 'condition', name: 'c', mutex: this.mutex('m') });
  }

  event(): string {
    return this.declare({ kind: 'event', name: 'e' });
  }

  semaphore(): string {
    return this.declare({ kind: 'semaphore', name: 's', initial: this.random.below(2) });
  }

  rcu(): string {
    return this.declare({ kind: 'rcu', name: 'u' });
  }

  /** The clock, with one timer or two whose bodies are made on first use. */
  clock(body: () => readonly Instruction[]): string {
    const known = this.objects.get('k');
    if (known !== undefined) return 'k';
    this.nested = true;
    const timers = ['t0', 't1']
      .slice(0, this.random.between(1, 2))
      .map((name) => ({ name, body: body() }));
    this.nested = false;
    return this.declare({ kind: 'clock', name: 'k', timers });
  }

  timer(body: () => readonly Instruction[]): string {
    this.clock(body);
    const clock = this.objects.get('k');
    if (clock?.kind !== 'clock') throw new Error('the clock is missing');
    return this.random.pick(clock.timers).name;
  }

  /** The block that exists from the start, with a part of every kind. */
  block(): string {
    return this.declare({
      kind: 'block',
      name: 'b',
      parts: [
        { kind: 'atomic', name: 'bx', initial: 0 },
        { kind: 'refcount', name: 'bn', initial: 2 },
        { kind: 'mutex', name: 'bm' },
        {
          kind: 'block',
          name: 'bi',
          parts: [{ kind: 'atomic', name: 'ix', initial: 0 }],
        },
      ],
    });
  }

  /** A count outside any block. */
  refcount(): string {
    return this.declare({ kind: 'refcount', name: 'rc', initial: this.random.between(1, 2) });
  }

  /** A comparison of one variable, or a combination of two or three. */
  condition2(): Condition {
    const { random } = this;
    const one = (): Condition => {
      const variable = this.atomic();
      const is = random.pick(['==', '!=', '==', '>='] as const);
      if (random.percent(15)) return { variable, is, than: { variable: this.atomic() } };
      return { variable, is, than: random.below(3) };
    };
    const shape = random.below(10);
    if (shape < 4) return one();
    const parts = random.percent(80) ? [one(), one()] : [one(), one(), one()];
    return shape < 7 ? { any: parts } : { all: parts };
  }

  /** A register; few, so that they are reused. */
  register(): number {
    return this.random.below(3);
  }
}
