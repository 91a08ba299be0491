import {
  type Atomic,
  type Block,
  type Clock,
  type Mutex,
  type Plain,
  type Rcu,
  type Refcount,
  type Routine,
  type RwLock,
  type Scenario,
  type Semaphore,
  type Sim,
  type Condition as SimCondition,
  type SimEvent,
  scenario,
  type ThreadHandle,
  type Timer,
} from '../../src/index.js';
import {
  type BlockDeclaration,
  type Condition,
  compare,
  type Declaration,
  type Effect,
  type Instruction,
  type LocalTest,
  type Part,
  type Program,
  type ThreadDeclaration,
  updated,
  type Value,
} from './program.js';
import { partsOf } from './walk.js';

export interface ScenarioHooks {
  /** Told the final values of every execution that left no thread blocked, in the words of `Result.finals`. */
  readonly onFinal?: (values: string) => void;
}

/** The same program, written against the public API. Objects and threads keep their names. */
export function toScenario(program: Program, hooks: ScenarioHooks = {}): Scenario {
  return scenario(
    program.name,
    (sim) => {
      new Interpreter(sim, program).setUp(hooks);
    },
    { leakCheck: program.leakCheck ?? false },
  );
}

/** Things by name. Only one thread makes each, before others can get to know its name. */
class Table<T> {
  private readonly known = new Map<string, T>();

  set(name: string, value: T): void {
    this.known.set(name, value);
  }

  has(name: string): boolean {
    return this.known.has(name);
  }

  get(name: string): T {
    const value = this.known.get(name);
    if (value === undefined) throw new Error(`there is no ${name} yet`);
    return value;
  }
}

type Registers = number[];

class Interpreter {
  private readonly atomics = new Table<Atomic<number>>();
  private readonly plains = new Table<Plain<number>>();
  private readonly refcounts = new Table<Refcount>();
  private readonly variables = new Table<Atomic<number> | Plain<number> | Refcount>();
  private readonly blocks = new Table<Block>();
  private readonly mutexes = new Table<Mutex>();
  private readonly rwlocks = new Table<RwLock>();
  private readonly conditions = new Table<SimCondition>();
  private readonly events = new Table<SimEvent>();
  private readonly semaphores = new Table<Semaphore>();
  private readonly rcus = new Table<Rcu>();
  private readonly clocks = new Table<Clock>();
  private readonly timers = new Table<Timer>();
  private readonly threads = new Table<ThreadHandle>();
  private readonly heap = new Map<string, BlockDeclaration>();
  private readonly spawnable = new Map<string, ThreadDeclaration>();

  constructor(
    private readonly sim: Sim,
    private readonly program: Program,
  ) {}

  setUp(hooks: ScenarioHooks): void {
    const { sim, program } = this;
    for (const object of program.objects) this.declare(object);
    for (const block of program.heap ?? []) this.heap.set(block.name, block);
    for (const thread of program.spawnable ?? []) this.spawnable.set(thread.name, thread);
    for (const { name, condition } of program.invariants ?? []) {
      sim.invariant(name, () => this.holds(condition));
    }
    for (const { name, condition } of program.finals ?? []) {
      sim.finally(() => {
        sim.assert(this.holds(condition), name);
      });
    }
    const { onFinal } = hooks;
    if (onFinal !== undefined) {
      sim.finally(() => {
        onFinal(this.describeState());
      });
    }
    for (const { name, daemon = false, body } of program.threads) {
      this.threads.set(
        name,
        sim.thread(name, () => this.run(body, []), { daemon }),
      );
    }
  }

  // ---- objects

  private declare(object: Declaration): void {
    const { sim } = this;
    const { name } = object;
    switch (object.kind) {
      case 'rwlock':
        this.rwlocks.set(name, sim.rwlock(name));
        return;
      case 'condition':
        this.conditions.set(name, sim.condition(name, this.mutexes.get(object.mutex)));
        return;
      case 'event':
        this.events.set(name, sim.event(name));
        return;
      case 'semaphore':
        this.semaphores.set(name, sim.semaphore(name, object.initial));
        return;
      case 'rcu':
        this.rcus.set(name, sim.rcu(name));
        return;
      case 'clock': {
        const clock = sim.clock(name);
        this.clocks.set(name, clock);
        for (const timer of object.timers) {
          this.timers.set(
            timer.name,
            clock.timer(timer.name, () => this.run(timer.body, [])),
          );
        }
        return;
      }
      case 'block':
        this.fill(sim.block(name), object);
        return;
      default:
        this.declarePart(sim, object);
    }
  }

  private declarePart(maker: Sim | Block, part: Exclude<Part, BlockDeclaration>): void {
    const { kind, name } = part;
    if (kind === 'mutex') this.mutexes.set(name, maker.mutex(name));
    else if (kind === 'refcount') {
      const made = maker.refcount(name, part.initial);
      this.refcounts.set(name, made);
      this.variables.set(name, made);
    } else if (kind === 'atomic') {
      const made = maker.atomic(name, part.initial);
      this.atomics.set(name, made);
      this.variables.set(name, made);
    } else {
      const made = maker.plain(name, part.initial);
      this.plains.set(name, made);
      this.variables.set(name, made);
    }
  }

  private fill(block: Block, declaration: BlockDeclaration): void {
    this.blocks.set(declaration.name, block);
    for (const part of declaration.parts) {
      if (part.kind === 'block') this.fill(block.embed(part.name), part);
      else this.declarePart(block, part);
    }
  }

  // ---- conditions and values

  private holds(condition: Condition): boolean {
    if ('all' in condition) return condition.all.every((part) => this.holds(part));
    if ('any' in condition) return condition.any.some((part) => this.holds(part));
    if ('alive' in condition) return this.blocks.get(condition.alive).alive;
    const { variable, is, than } = condition;
    const seen = this.variables.get(variable).peek();
    return compare(
      seen,
      is,
      typeof than === 'number' ? than : this.variables.get(than.variable).peek(),
    );
  }

  private apply(effect: Effect, registers: Registers): void {
    const { write, value } = effect;
    const fresh =
      typeof value === 'object' && 'peek' in value
        ? this.variables.get(value.peek).peek() + (value.plus ?? 0)
        : evaluate(value, registers);
    const variable = this.variables.get(write);
    if (!('poke' in variable)) throw new Error(`${write} cannot be poked`);
    variable.poke(fresh);
  }

  /** All variables in order of declaration, by the names that reports use. */
  private describeState(): string {
    const words: string[] = [];
    const describe = (part: Part, prefix: string, block: string | undefined): void => {
      const name = prefix + part.name;
      if (part.kind === 'block') {
        for (const inner of part.parts) describe(inner, `${name}.`, part.name);
      } else if (part.kind !== 'mutex') {
        words.push(`${name}=${this.describe(part.name, block)}`);
      }
    };
    const inner = new Set<Part>();
    for (const part of partsOf(this.program)) {
      if (part.kind === 'block') for (const each of part.parts) inner.add(each);
      if (!inner.has(part)) describe(part, '', undefined);
    }
    return words.join(' ');
  }

  private describe(variable: string, block: string | undefined): string {
    if (block !== undefined) {
      if (!this.blocks.has(block)) return 'unmade';
      if (!this.blocks.get(block).alive) return 'dead';
    }
    return String(this.variables.get(variable).peek());
  }

  // ---- threads

  private *run(body: readonly Instruction[], registers: Registers): Routine {
    for (const instruction of body) {
      switch (instruction.op) {
        case 'if':
          yield* this.run(
            test(instruction.test, registers) ? instruction.then : (instruction.otherwise ?? []),
            registers,
          );
          break;
        case 'repeat':
          for (let round = 0; round < instruction.times; round++) {
            if (instruction.test !== undefined && !test(instruction.test, registers)) break;
            yield* this.run(instruction.body, registers);
          }
          break;
        case 'set':
          registers[instruction.to] = evaluate(instruction.value, registers);
          break;
        case 'assert':
          this.sim.assert(test(instruction.test, registers), instruction.message);
          break;
        default: {
          const result = yield* this.perform(instruction, registers);
          if ('to' in instruction) {
            registers[instruction.to] = Number(result);
          }
        }
      }
    }
  }

  /** One shared operation; its result is a number, or a truth value that becomes 1 or 0. */
  private *perform(i: Instruction, registers: Registers): Routine<unknown> {
    const { sim } = this;
    switch (i.op) {
      case 'atomic.load':
        return yield* this.atomics.get(i.on).load();
      case 'atomic.store':
        return yield* this.atomics.get(i.on).store(evaluate(i.value, registers));
      case 'atomic.exchange':
        return yield* this.atomics.get(i.on).exchange(evaluate(i.value, registers));
      case 'atomic.fetchAdd':
        return yield* this.atomics.get(i.on).fetchAdd(evaluate(i.value, registers));
      case 'atomic.compareExchange':
        return yield* this.atomics
          .get(i.on)
          .compareExchange(evaluate(i.expected, registers), evaluate(i.desired, registers));
      case 'atomic.update':
        return yield* this.atomics.get(i.on).update((v) => updated(v, i.times, i.plus));
      case 'plain.read':
        return yield* this.plains.get(i.on).read();
      case 'plain.write':
        return yield* this.plains.get(i.on).write(evaluate(i.value, registers));
      case 'mutex.lock':
        return yield* this.mutexes.get(i.on).lock();
      case 'mutex.tryLock':
        return yield* this.mutexes.get(i.on).tryLock();
      case 'mutex.unlock':
        return yield* this.mutexes.get(i.on).unlock();
      case 'rwlock.readLock':
        return yield* this.rwlocks.get(i.on).readLock();
      case 'rwlock.readUnlock':
        return yield* this.rwlocks.get(i.on).readUnlock();
      case 'rwlock.writeLock':
        return yield* this.rwlocks.get(i.on).writeLock();
      case 'rwlock.writeUnlock':
        return yield* this.rwlocks.get(i.on).writeUnlock();
      case 'condition.wait':
        return yield* this.conditions.get(i.on).wait();
      case 'condition.signal':
        return yield* this.conditions.get(i.on).signal();
      case 'condition.broadcast':
        return yield* this.conditions.get(i.on).broadcast();
      case 'event.set':
        return yield* this.events.get(i.on).set();
      case 'event.reset':
        return yield* this.events.get(i.on).reset();
      case 'event.wait':
        return yield* this.events.get(i.on).wait();
      case 'semaphore.post':
        return yield* this.semaphores.get(i.on).post();
      case 'semaphore.wait':
        return yield* this.semaphores.get(i.on).wait();
      case 'rcu.readLock':
        return yield* this.rcus.get(i.on).readLock();
      case 'rcu.readUnlock':
        return yield* this.rcus.get(i.on).readUnlock();
      case 'rcu.synchronize':
        return yield* this.rcus.get(i.on).synchronize();
      case 'rcu.call':
        return yield* this.rcus.get(i.on).call(() => this.run(i.body, []));
      case 'clock.sleep':
        return yield* this.clocks.get(i.on).sleep(i.ms);
      case 'timer.arm':
        return yield* this.timers.get(i.on).arm(i.ms);
      case 'timer.cancel':
        return yield* this.timers.get(i.on).cancel();
      case 'block.alloc': {
        const declaration = this.heap.get(i.on) as BlockDeclaration;
        this.fill(yield* sim.alloc(i.on), declaration);
        return undefined;
      }
      case 'block.free':
        return yield* sim.free(this.blocks.get(i.on));
      case 'block.retire':
        return yield* this.blocks.get(i.on).retire();
      case 'refcount.get':
        return yield* this.refcounts.get(i.on).get();
      case 'refcount.put':
        return yield* this.refcounts.get(i.on).put();
      case 'refcount.tryGet':
        return yield* this.refcounts.get(i.on).tryGet();
      case 'choose':
        return yield* sim.choose(i.values);
      case 'pause':
        return yield* sim.pause();
      case 'until':
        return yield* sim.until(() => this.holds(i.condition));
      case 'step':
        return yield* sim.step('step', () => {
          const held = i.when === undefined || this.holds(i.when);
          for (const effect of held ? i.then : (i.otherwise ?? [])) this.apply(effect, registers);
          return held;
        });
      case 'spawn': {
        const { name, daemon = false, body } = this.spawnable.get(i.on) as ThreadDeclaration;
        this.threads.set(name, yield* sim.spawn(name, () => this.run(body, []), { daemon }));
        return undefined;
      }
      case 'join':
        return yield* this.threads.get(i.on).join();
      default:
        throw new Error(`${i.op} is no shared operation`);
    }
  }
}

function evaluate(value: Value, registers: Registers): number {
  if (typeof value === 'number') return value;
  return (registers[value.reg] ?? 0) + (value.plus ?? 0);
}

function test({ reg, is, than }: LocalTest, registers: Registers): boolean {
  return compare(registers[reg] ?? 0, is, evaluate(than, registers));
}
