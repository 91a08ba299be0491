import type { Check, Program } from '../program.js';
import { instructionsOf } from '../walk.js';
import { Objects } from './declare.js';
import { Emitter } from './emit.js';
import { Interner } from './interner.js';
import type { Block, Variable } from './objects.js';
import { type Predicate, resolve } from './values.js';
import { World } from './world.js';

export interface CompiledCheck {
  readonly name: string;
  readonly holds: Predicate;
}

export interface CompiledThread {
  readonly name: string;
  readonly daemon: boolean;
  /** Daemons of RCU and clock: where they wait for work. Left anywhere else they are blocked. */
  readonly idle: number | undefined;
}

/** A program ready to run: the initial world, and what the engines need to know beside it. */
export interface Machine {
  readonly world: World;
  readonly threads: readonly CompiledThread[];
  readonly variables: readonly Variable[];
  /** Blocks that can leak: embedded ones cannot. */
  readonly blocks: readonly Block[];
  readonly invariants: readonly CompiledCheck[];
  readonly finals: readonly CompiledCheck[];
  readonly leakCheck: boolean;
  /** Whether all threads exist from the start, so that their order, which delays need, is fixed. */
  readonly fixedThreads: boolean;
}

export function compile(program: Program): Machine {
  const objects = new Objects(program);
  const emitter = new Emitter(objects);
  emitter.emitProgram(program);
  const world = new World(objects.layout, emitter.code, new Interner());
  const threads: CompiledThread[] = [...program.threads, ...(program.spawnable ?? [])].map(
    ({ name, daemon = false }) => ({ name, daemon, idle: undefined }),
  );
  objects.daemons.forEach(({ name }, index) => {
    const thread = objects.firstDaemon + index;
    const idle = emitter.starts[thread] as number;
    threads.push({ name, daemon: true, idle });
  });
  threads.forEach(({ idle }, index) => {
    const fromStart = index < program.threads.length || idle !== undefined;
    if (fromStart) world.start(index, emitter.starts[index] as number);
  });
  const check = ({ name, condition }: Check): CompiledCheck => ({
    name,
    holds: resolve(condition, {
      variable: (variable) => objects.variables.get(variable),
      block: (block) => objects.blocks.get(block),
    }),
  });
  const spawns = [...instructionsOf(program)].some(({ op }) => op === 'spawn');
  return {
    world,
    threads,
    variables: objects.variables.all(),
    blocks: objects.blocks.all().filter((block) => block.container === undefined),
    invariants: (program.invariants ?? []).map(check),
    finals: (program.finals ?? []).map(check),
    leakCheck: program.leakCheck ?? false,
    fixedThreads: !spawns && objects.daemons.length === 0,
  };
}
