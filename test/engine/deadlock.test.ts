import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { explainDeadlock } from '../../src/engine/deadlock.js';
import { Execution } from '../../src/engine/execution.js';
import { Mode } from '../../src/engine/footprint.js';
import { SimObject } from '../../src/engine/object.js';
import { Operation, OperationKind, type Wait } from '../../src/engine/operation.js';
import { Session } from '../../src/engine/session.js';
import { SimThread } from '../../src/engine/thread.js';

/** For each thread the places of those that it waits for. */
type Graph = readonly (readonly number[])[];

/** Names of objects: not in the order of the threads, so that a cycle has to be turned to begin with the first. */
const waitedFor = (i: number): string => `o${String((i * 2 + 1) % 5)}`;

class Lock extends SimObject {
  override readonly type = 'lock';

  constructor(name: string) {
    const session = new Session();
    super(new Execution({ session, maxSteps: 1, leakCheck: false, haltAfter: 1 }), name, undefined);
  }
}

function blockedThread(i: number, waits?: () => Wait): SimThread {
  const kind = new OperationKind({
    name: 'lock',
    mode: Mode.write,
    execute: () => undefined,
    ...(waits === undefined ? {} : { waits }),
  });
  const thread = new SimThread(i, i, `T${String(i)}`, false, false, (function* () {})());
  thread.pending = new Operation(kind, new Lock(waitedFor(i)), undefined, undefined);
  return thread;
}

function threadsOf(graph: Graph, held?: boolean): SimThread[] {
  const threads: SimThread[] = [];
  graph.forEach((holders, i) => {
    const waits = (): Wait => ({
      what: waitedFor(i),
      holders: holders.map((holder) => threads[holder] as SimThread),
      ...(held === undefined ? {} : { held }),
    });
    threads.push(blockedThread(i, waits));
  });
  return threads;
}

/** The fewest steps from one to another. */
function distance(graph: Graph, from: number, to: number): number {
  let reached = new Set([from]);
  for (let steps = 1; steps <= graph.length; steps++) {
    reached = new Set([...reached].flatMap((i) => graph[i] ?? []));
    if (reached.has(to)) return steps;
  }
  return Infinity;
}

const graphs = fc.integer({ min: 1, max: 5 }).chain((size) =>
  fc.tuple(
    fc.array(fc.uniqueArray(fc.nat(size - 1), { maxLength: 2 }), {
      minLength: size,
      maxLength: size,
    }),
    fc.integer({ min: 1, max: size }),
  ),
);

describe('a deadlock', () => {
  test.prop([graphs])('should be explained by a shortest cycle in reach', ([graph, blocked]) => {
    const threads = threadsOf(graph);
    const found = explainDeadlock(threads.slice(0, blocked), threads.slice(blocked));
    const places = threads.map((_, i) => i);
    const inReach = places.filter(
      (i) => i < blocked || places.some((j) => j < blocked && distance(graph, j, i) < Infinity),
    );
    const shortest = Math.min(...inReach.map((i) => distance(graph, i, i)));
    expect(found.cyclic).toBe(shortest < Infinity);
    const shown = found.details.map((line) => line.split(' ')[0]);
    const names = threads.slice(0, blocked).map(({ name }) => name);
    expect(shown.slice(0, blocked)).toEqual(names);
    if (!found.cyclic) {
      expect(shown).toHaveLength(blocked);
      expect(found.message).toBe(`${names.join(', ')} blocked for ever`);
      expect(found.property).toBe(
        names
          .map((_, i) => waitedFor(i))
          .sort()
          .join(', '),
      );
      return;
    }
    const circle = (found.message.match(/T\d/g) ?? []).map((name) => Number(name.slice(1)));
    const cycle = circle.length > 1 ? circle.slice(0, -1) : circle;
    expect(cycle).toHaveLength(shortest);
    cycle.forEach((i, at) => {
      expect(graph[i]).toContain(cycle[(at + 1) % cycle.length]);
    });
    expect(new Set(shown)).toEqual(new Set([...names, ...cycle.map((i) => `T${String(i)}`)]));
    expect(new Set(shown).size).toBe(shown.length);
    const objects = found.property.split(', ');
    expect(objects[0]).toBe([...objects].sort()[0]);
    const turned = cycle.map((i) => waitedFor(i));
    expect([...turned, ...turned].join(', ')).toContain(found.property);
    expect(objects).toHaveLength(cycle.length);
  });

  it('should say who holds what is waited for, by name', () => {
    const { message, details } = explainDeadlock(threadsOf([[2, 1], [0], []]), []);
    expect(message).toBe('T0 waits for T1 waits for T0');
    expect(details).toEqual([
      'T0 waits for o1 (lock), held by T1, T2',
      'T1 waits for o3 (lock), held by T0',
      'T2 waits for o0 (lock)',
    ]);
  });

  it('should not call those holders who are awaited themselves', () => {
    expect(explainDeadlock(threadsOf([[0]], false), [])).toMatchObject({
      message: 'T0 waits for itself',
      details: ['T0 waits for o1 (lock)'],
    });
  });

  it('should name the operation where neither the kind nor the object says what is waited for', () => {
    const unnamed = blockedThread(0);
    (unnamed.pending as Operation).object = new Lock('');
    const found = explainDeadlock([unnamed, blockedThread(1)], []);
    expect(found).toMatchObject({ property: 'lock, o3', cyclic: false });
  });
});
