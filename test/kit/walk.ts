import type { Instruction, Part, Program } from './program.js';

/** Every instruction of a program, nested ones included; a repeated body as often as it may run. */
export function* instructionsOf(program: Program): Generator<Instruction> {
  for (const body of bodiesOf(program)) yield* walk(body);
}

/** The bodies of threads, spawnable threads and timers, not of callbacks. */
export function* bodiesOf(program: Program): Generator<readonly Instruction[]> {
  for (const thread of program.threads) yield thread.body;
  for (const thread of program.spawnable ?? []) yield thread.body;
  for (const object of program.objects) {
    if (object.kind === 'clock') for (const timer of object.timers) yield timer.body;
  }
}

export function* walk(body: readonly Instruction[]): Generator<Instruction> {
  for (const instruction of body) {
    yield instruction;
    if (instruction.op === 'if') {
      yield* walk(instruction.then);
      yield* walk(instruction.otherwise ?? []);
    } else if (instruction.op === 'repeat') {
      for (let i = 0; i < instruction.times; i++) yield* walk(instruction.body);
    } else if (instruction.op === 'rcu.call') yield* walk(instruction.body);
  }
}

/** All parts of a program's blocks, the blocks themselves and other objects included, containers first. */
export function* partsOf(program: Program): Generator<Part> {
  for (const object of program.objects) {
    switch (object.kind) {
      case 'atomic':
      case 'plain':
      case 'refcount':
      case 'mutex':
      case 'block':
        yield* partsIn(object);
        break;
      default:
    }
  }
  for (const block of program.heap ?? []) yield* partsIn(block);
}

function* partsIn(part: Part): Generator<Part> {
  yield part;
  if (part.kind === 'block') for (const inner of part.parts) yield* partsIn(inner);
}
