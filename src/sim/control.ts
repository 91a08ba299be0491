import { Footprint, Mode } from '../engine/footprint.js';
import { SimObject } from '../engine/object.js';
import {
  type KindDefinition,
  makeOperation,
  type Operation,
  OperationKind,
} from '../engine/operation.js';
import { acquireClock, clockOf, moveOn } from '../engine/sync.js';
import type { SimThread, ThreadBody, ThreadOptions } from '../engine/thread.js';
import type { World } from '../engine/world.js';

/** A thread, as the scenario's author holds it. @public */
export class ThreadHandle extends SimObject {
  override readonly type: string = 'thread';

  /** @internal */
  constructor(
    /** @internal */
    readonly thread: SimThread,
    world: World,
  ) {
    super(world.execution, thread.name, undefined);
  }

  /** Waits for the end of the thread; one that ended by a violation counts as ended. */
  join(): Operation<void> {
    return makeOperation(join, this, undefined, undefined);
  }
}

/** Starts a thread from inside another. */
export function spawn(
  world: World,
  name: string,
  body: ThreadBody,
  options: ThreadOptions,
): Operation<ThreadHandle> {
  return makeOperation(spawnKind, world, { name, body, options }, undefined);
}

/** A scheduling point without effect. */
export function pause(world: World): Operation<void> {
  return makeOperation(pauseKind, world, undefined, undefined);
}

/** A value from 0 to count - 1, explored like a scheduling choice. */
export function choose(world: World, count: number, label: string): Operation<number> {
  if (!Number.isInteger(count) || count < 1) {
    throw world.execution.misuse(`choose needs a whole number of values from 1, not ${count}`);
  }
  return makeOperation(chooseKind, world, count, label);
}

/** Blocks until a condition holds. */
export function until(world: World, condition: () => unknown, label: string): Operation<void> {
  return makeOperation(untilKind, world, condition, { label, footprint: undefined });
}

/** Blocks until a condition holds; a service thread may be left here for ever. */
export function serve(world: World, condition: () => unknown, label: string): Operation<void> {
  return makeOperation(serveKind, world, condition, { label, footprint: undefined });
}

/** One indivisible step that may look at and change any number of variables. */
export function step<T>(world: World, label: string, action: () => T): Operation<T> {
  return makeOperation(stepKind, world, action, { label, footprint: undefined }) as Operation<T>;
}

const join = new OperationKind<ThreadHandle, undefined, undefined, void>({
  name: 'join',
  mode: Mode.none,
  enabled: ({ object }) => object.thread.ended,
  execute({ object }, thread) {
    if (object.execution.detectRaces) acquireClock(thread, clockOf(object.thread));
  },
  touch({ object }, _thread, footprint) {
    footprint.joined = object.thread.id;
  },
  fixed: true,
  // No counter lets a thread be joined earlier: only its own end does, which no order can change.
  needs: ({ object }) => [{ object: object.id, least: 1, most: 1 }],
  waits: ({ object }) => ({
    what: `the end of ${object.name}`,
    holders: [object.thread],
    held: false,
  }),
});

interface Spawning {
  readonly name: string;
  readonly body: ThreadBody;
  readonly options: ThreadOptions;
}

const spawnKind = new OperationKind<World, Spawning, SimThread | undefined, ThreadHandle>({
  name: 'spawn',
  mode: Mode.none,
  execute(op) {
    const { name, body, options } = op.argument;
    const thread = op.object.execution.addThread(name, body, options);
    op.extra = thread;
    return new ThreadHandle(thread, op.object);
  },
  touch({ extra }, _thread, footprint) {
    footprint.spawned = extra?.id ?? -1;
  },
  fixed: true,
});

const pauseKind = new OperationKind<World, undefined, undefined, void>({
  name: 'pause',
  mode: Mode.none,
  execute() {
    // Nothing but a place where others may run.
  },
});

const chooseKind = new OperationKind<World, number, string, number>({
  name: 'choose',
  mode: Mode.none,
  branches: ({ argument }) => argument,
  execute: (_op, _thread, branch) => branch,
  label: ({ extra }) => extra,
});

/** What a step of the author's code remembers: its label, and what it looked at and changed. */
interface Looked {
  readonly label: string;
  footprint: Footprint | undefined;
}

/** Evaluates the author's code as an access of the thread. */
function act<T>(world: World, thread: SimThread, code: () => T, looked: Looked): T {
  const { execution } = world;
  looked.footprint = execution.footprint === undefined ? undefined : new Footprint();
  return execution.inspect(code, looked.footprint, thread);
}

function touchLooked({ extra }: { extra: Looked }, _thread: SimThread, into: Footprint): void {
  extra.footprint?.objects.forEach((object, i) => {
    into.add(object, extra.footprint?.modes[i] ?? Mode.write);
  });
}

const waiting: KindDefinition<World, () => unknown, Looked, void> = {
  name: 'until',
  mode: Mode.none,
  conditional: true,
  enabled: ({ object, argument }, thread) => object.execution.wouldHold(argument, thread),
  execute({ object, argument, extra }, thread) {
    const holds = act(object, thread, argument, extra);
    if (holds !== true) object.execution.refuseUndone(`the condition of ${thread.name}`, holds);
  },
  touch: touchLooked,
  label: ({ extra }) => extra.label,
  waits: ({ extra }) => ({
    what: extra.label === '' ? 'a condition' : extra.label,
    holders: [],
  }),
};

const untilKind = new OperationKind(waiting);

const serveKind = new OperationKind({ ...waiting, name: 'serve', idle: true });

const stepKind = new OperationKind<World, () => unknown, Looked, unknown>({
  name: 'step',
  mode: Mode.none,
  execute({ object, argument, extra }, thread) {
    const value = act(object, thread, argument, extra);
    if (typeof value === 'object') {
      object.execution.refuseUndone(`the step "${extra.label}" of ${thread.name}`, value);
    }
    // All that it stored is one event.
    if (object.execution.detectRaces) moveOn(thread);
    return value;
  },
  touch: touchLooked,
  label: ({ extra }) => extra.label,
});
