import { describe, expect, it } from 'vitest';
import { type AioContext, type Fd, IoThread, MainLoop } from '../../../models/index.js';
import type { Routine, Sim } from '../../../src/index.js';
import { wrongWith } from '../support.js';
import { loopOf } from './support.js';

function fdOf(sim: Sim, name: string): Fd {
  return { readable: sim.atomic(`${name} readable`, false) };
}

/** A body for the main thread, under the big lock, with two file descriptors. */
function alone(body: (context: AioContext, a: Fd, b: Fd, sim: Sim) => Routine) {
  return (sim: Sim): void => {
    const { bigLock, loop } = loopOf(sim);
    const fds = [fdOf(sim, 'a'), fdOf(sim, 'b')] as const;
    sim.thread('main', () => bigLock.guard(() => body(loop.context, ...fds, sim)));
  };
}

describe('FdHandlers', () => {
  it('should call a handler when its descriptor is readable, and again until that was read', () => {
    let calls = 0;
    const setup = (sim: Sim): void => {
      const { bigLock, loop } = loopOf(sim);
      const fd = fdOf(sim, 'socket');
      sim.thread('main', function* () {
        calls = 0;
        yield* bigLock.lock();
        yield* loop.context.fds.set('socket', fd, function* () {
          calls++;
          if (calls === 2) yield* fd.readable.store(false);
          if (calls === 2) yield* loop.requestShutdown();
        });
        yield* loop.run([]);
        yield* bigLock.unlock();
      });
      sim.thread('peer', function* () {
        yield* fd.readable.store(true);
      });
    };
    expect(wrongWith(setup)).toEqual([]);
    expect(calls).toBe(2);
  });

  it('should let a handler remove itself, and free it when the walk is over', () => {
    const setup = alone(function* (context, a, _b, sim) {
      const calls = sim.plain('calls', 0);
      yield* a.readable.store(true);
      yield* context.fds.set('a', a, function* () {
        yield* context.fds.remove(a);
        yield* calls.write((yield* calls.read()) + 1);
      });
      yield* context.poll();
      yield* context.poll(false);
      sim.assert((yield* calls.read()) === 1, 'it was called again');
    });
    expect(wrongWith(setup)).toEqual([]);
  });

  it('should not call a handler that one before it in the same turn removed', () => {
    const setup = alone(function* (context, a, b, sim) {
      const calls = sim.plain('calls', 0);
      for (const [mine, other] of [
        [a, b],
        [b, a],
      ] as const) {
        yield* mine.readable.store(true);
        yield* context.fds.set('either', mine, function* () {
          yield* calls.write((yield* calls.read()) + 1);
          yield* context.fds.remove(other);
        });
      }
      yield* context.poll();
      sim.assert((yield* calls.read()) === 1, 'a removed handler was called');
    });
    expect(wrongWith(setup)).toEqual([]);
  });

  it('should replace the handler of a descriptor that has one', () => {
    const setup = alone(function* (context, a, _b, sim) {
      yield* a.readable.store(true);
      yield* context.fds.set('first', a, () => sim.fail('the first is still there'));
      yield* context.fds.set('second', a, function* () {
        yield* a.readable.store(false);
      });
      yield* context.poll();
    });
    expect(wrongWith(setup)).toEqual([]);
  });
});

describe('AioContext', () => {
  it('should do in a nested poll what the outer one has left, and only once', () => {
    const log: string[] = [];
    const setup = alone(function* ({ bottomHalves }) {
      log.length = 0;
      for (const name of ['last', 'first']) {
        yield* bottomHalves.schedule(
          yield* bottomHalves.create(name, function* () {
            log.push(`${name} begins`);
            if (name === 'first') yield* bottomHalves.poll();
            log.push(`${name} ends`);
          }),
        );
      }
      yield* bottomHalves.poll();
    });
    expect(wrongWith(setup)).toEqual([]);
    expect(log).toEqual(['first begins', 'last begins', 'last ends', 'first ends']);
  });

  it('should free a handler that a nested poll removed only when the outer walk is over', () => {
    const setup = alone(function* (context, a, b) {
      yield* a.readable.store(true);
      yield* context.fds.set('a', a, function* () {
        yield* a.readable.store(false);
        yield* b.readable.store(true);
        yield* context.poll();
      });
      yield* context.fds.set('b', b, function* () {
        yield* context.fds.remove(a);
        yield* context.fds.remove(b);
      });
      yield* context.poll();
    });
    expect(wrongWith(setup)).toEqual([]);
  });

  it('should wait, under the big lock, for what other work makes true', () => {
    const setup = alone(function* (context, _a, _b, sim) {
      const done = sim.atomic('done', false);
      const half = yield* context.bottomHalves.create('work', () => store(done, true));
      yield* context.bottomHalves.schedule(half);
      yield* context.waitWhile(() => !done.peek());
    });
    expect(wrongWith(setup)).toEqual([]);
  });

  it.each(['aio context', 'iohandler'] as const)(
    'should run a command in a nested poll only if commands are in the %s',
    (where) => {
      const nested = where === 'aio context';
      const setup = (sim: Sim): void => {
        const { bigLock } = loopOf(sim);
        const loop = new MainLoop(sim, bigLock, where);
        const waiting = sim.plain('waiting', false);
        const inTheMidst = nested ? sim.reachable('a command in the midst of another') : undefined;
        const later = sim.atomic('later', false);
        const device = function* (): Routine {
          yield* waiting.write(true);
          yield* loop.context.bottomHalves.schedule(
            yield* loop.context.bottomHalves.create('later', () => store(later, true)),
          );
          yield* loop.context.waitWhile(() => !later.peek());
          yield* waiting.write(false);
        };
        const command = function* (): Routine {
          if (yield* waiting.read()) (inTheMidst ?? (() => sim.fail('nested')))();
        };
        sim.thread('main', () => bigLock.guard(() => loop.run([{ execute: command }, end(loop)])));
        sim.thread('vcpu', () => bigLock.guard(device));
      };
      expect(wrongWith(setup)).toEqual([]);
    },
  );
});

describe('IoThread', () => {
  it('should run its bottom halves without the big lock', () => {
    const setup = (sim: Sim): void => {
      const { bigLock } = loopOf(sim);
      const iothread = new IoThread(sim, 'iothread');
      const ran = sim.atomic('ran', false);
      sim.thread('main', function* () {
        yield* bigLock.lock();
        const { bottomHalves } = iothread.context;
        yield* bottomHalves.schedule(yield* bottomHalves.create('half', () => store(ran, true)));
        yield* sim.until(() => ran.peek(), 'the bottom half');
        yield* bigLock.unlock();
      });
    };
    expect(wrongWith(setup)).toEqual([]);
  });
});

function* store(flag: Fd['readable'], value: boolean): Routine {
  yield* flag.store(value);
}

function end(loop: MainLoop) {
  return { execute: () => loop.requestShutdown() };
}
