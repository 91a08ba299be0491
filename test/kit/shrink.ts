import type { Declaration, Instruction, Program, ThreadDeclaration } from './program.js';

/**
 * Makes a program smaller as long as `isBad` stays true of it: drops threads, checks, instructions and objects, largest
 * pieces first, until nothing more can go. `isBad` may throw for a program that makes no sense, which counts as false.
 */
export function shrinkProgram(program: Program, isBad: (candidate: Program) => boolean): Program {
  const stillBad = (candidate: Program): boolean => {
    try {
      return isBad(candidate);
    } catch {
      return false;
    }
  };
  let best = program;
  for (;;) {
    const smaller = firstOf(smallerPrograms(best), stillBad);
    if (smaller === undefined) return best;
    best = smaller;
  }
}

function firstOf<T>(candidates: Iterable<T>, accept: (candidate: T) => boolean): T | undefined {
  for (const candidate of candidates) if (accept(candidate)) return candidate;
  return undefined;
}

function* smallerPrograms(program: Program): Generator<Program> {
  for (const threads of without(program.threads)) yield { ...program, threads };
  for (const spawnable of without(program.spawnable ?? [])) yield { ...program, spawnable };
  for (const invariants of without(program.invariants ?? [])) yield { ...program, invariants };
  for (const finals of without(program.finals ?? [])) yield { ...program, finals };
  if (program.leakCheck === true) yield { ...program, leakCheck: false };
  for (const threads of inOneThread(program.threads)) yield { ...program, threads };
  for (const spawnable of inOneThread(program.spawnable ?? [])) yield { ...program, spawnable };
  for (const objects of without(program.objects)) yield { ...program, objects };
  for (const heap of without(program.heap ?? [])) yield { ...program, heap };
  for (const objects of inOne(program.objects, smallerObjects)) yield { ...program, objects };
}

/** The list without one of its elements. */
function* without<T>(list: readonly T[]): Generator<T[]> {
  for (let i = 0; i < list.length; i++) yield [...list.slice(0, i), ...list.slice(i + 1)];
}

/** The list with one element replaced by something smaller. */
function* inOne<T>(list: readonly T[], smaller: (element: T) => Iterable<T>): Generator<T[]> {
  for (const [i, element] of list.entries()) {
    for (const other of smaller(element)) {
      yield [...list.slice(0, i), other, ...list.slice(i + 1)];
    }
  }
}

function inOneThread(threads: readonly ThreadDeclaration[]): Generator<ThreadDeclaration[]> {
  return inOne(threads, function* (thread) {
    for (const body of smallerBodies(thread.body)) yield { ...thread, body };
    if (thread.daemon === true) yield { ...thread, daemon: false };
  });
}

/** Bodies without a half, without a run of instructions, without one, or with one made simpler. */
function* smallerBodies(body: readonly Instruction[]): Generator<readonly Instruction[]> {
  for (let size = body.length; size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at + size <= body.length; at += size) {
      yield [...body.slice(0, at), ...body.slice(at + size)];
    }
  }
  // What belongs together, like lock and unlock, often goes only together.
  for (let first = 0; first < body.length; first++) {
    for (let second = first + 1; second < body.length; second++) {
      yield body.filter((_, i) => i !== first && i !== second);
    }
  }
  for (const [i, instruction] of body.entries()) {
    for (const simpler of simplerInstructions(instruction)) {
      yield [...body.slice(0, i), ...simpler, ...body.slice(i + 1)];
    }
  }
}

function* simplerInstructions(i: Instruction): Generator<readonly Instruction[]> {
  switch (i.op) {
    case 'if':
      yield i.then;
      if (i.otherwise !== undefined) {
        yield i.otherwise;
        yield [{ op: 'if', test: i.test, then: i.then }];
      }
      for (const then of smallerBodies(i.then)) yield [{ ...i, then }];
      for (const otherwise of smallerBodies(i.otherwise ?? [])) yield [{ ...i, otherwise }];
      return;
    case 'repeat':
      yield i.body;
      for (const body of smallerBodies(i.body)) yield [{ ...i, body }];
      return;
    case 'rcu.call':
      for (const body of smallerBodies(i.body)) yield [{ ...i, body }];
      return;
    case 'choose':
      if (i.values > 1) yield [{ ...i, values: i.values - 1 }];
      return;
    case 'until':
      if ('all' in i.condition)
        for (const condition of i.condition.all) yield [{ ...i, condition }];
      if ('any' in i.condition)
        for (const condition of i.condition.any) yield [{ ...i, condition }];
      return;
    case 'step':
      if (i.when !== undefined) {
        const { when: _, ...rest } = i;
        yield [rest];
      }
      if (i.then.length > 1) for (const then of without(i.then)) yield [{ ...i, then }];
      if (i.otherwise !== undefined) {
        const { otherwise: _, ...rest } = i;
        yield [rest];
      }
      return;
    case 'atomic.exchange':
    case 'atomic.fetchAdd':
      yield [{ op: 'atomic.store', on: i.on, value: i.value }];
      return;
    default:
  }
}

function* smallerObjects(object: Declaration): Generator<Declaration> {
  if (object.kind === 'block') {
    for (const parts of without(object.parts)) yield { ...object, parts };
  } else if (object.kind === 'clock') {
    for (const timers of without(object.timers)) yield { ...object, timers };
    for (const timers of inOne(object.timers, function* (timer) {
      for (const body of smallerBodies(timer.body)) yield { ...timer, body };
    })) {
      yield { ...object, timers };
    }
  }
}
