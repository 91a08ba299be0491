import { describe, expect, it } from 'vitest';
import { BigLock, MainLoop, vmShutdown } from '../../../models/index.js';
import type { Routine, Sim } from '../../../src/index.js';
import { wrongWith } from '../support.js';

function loopOf(sim: Sim): { bigLock: BigLock; loop: MainLoop } {
  const bigLock = new BigLock(sim);
  return { bigLock, loop: new MainLoop(sim, bigLock) };
}

describe('BigLock', () => {
  it('should not be recursive', () => {
    const setup = (sim: Sim): void => {
      const { bigLock } = loopOf(sim);
      sim.thread('main', () => bigLock.guard(() => bigLock.lock()));
    };
    expect(wrongWith(setup)).toEqual(['lock-misuse: BQL']);
  });
});

describe('MainLoop', () => {
  it('should hold the big lock except while it waits', () => {
    const setup = (sim: Sim): void => {
      const { bigLock, loop } = loopOf(sim);
      const state = sim.plain('state', 0);
      const between = sim.reachable('the other thread between two commands');
      const command = {
        *execute() {
          const before = yield* state.read();
          yield* state.write(before + 1);
        },
      };
      sim.thread('main', function* () {
        yield* bigLock.lock();
        yield* loop.run([command, command, { execute: () => loop.requestShutdown() }]);
        yield* bigLock.unlock();
      });
      sim.thread('other', () =>
        bigLock.guard(function* () {
          if ((yield* state.read()) === 1) between();
        }),
      );
    };
    expect(wrongWith(setup)).toEqual([]);
  });

  it('should wait for a command, and run bottom halves meanwhile', () => {
    const setup = (sim: Sim): void => {
      const { bigLock, loop } = loopOf(sim);
      const arrived = sim.atomic('arrived', false);
      sim.thread('main', function* () {
        yield* bigLock.lock();
        const announce = yield* loop.bottomHalves.create('announce', function* () {
          yield* arrived.store(true);
        });
        yield* loop.bottomHalves.schedule(announce);
        yield* loop.run([{ arrived: () => arrived.peek(), execute: () => loop.requestShutdown() }]);
        yield* bigLock.unlock();
      });
    };
    expect(wrongWith(setup)).toEqual([]);
  });

  it.each(['iohandler', 'aio context'] as const)(
    'should execute a command (%s) in the turn of a bottom half, or in a later one',
    (commandContext) => {
      const setup = (sim: Sim): void => {
        const bigLock = new BigLock(sim);
        const loop = new MainLoop(sim, bigLock, commandContext);
        const between = sim.reachable('the bottom half has run, and the command not');
        const ran = sim.atomic('ran', false);
        sim.thread('main', function* () {
          yield* bigLock.lock();
          const half = yield* loop.bottomHalves.create('half', function* () {
            yield* ran.store(true);
          });
          yield* loop.bottomHalves.schedule(half);
          yield* loop.run([{ execute: () => loop.requestShutdown() }]);
          sim.assert(yield* ran.load(), 'the command came first');
          yield* ran.store(false);
          yield* bigLock.unlock();
        });
        const look = function* (): Routine {
          if (yield* ran.load()) between();
        };
        sim.thread('other', () => bigLock.guard(look));
      };
      expect(wrongWith(setup)).toEqual([]);
    },
  );

  it('should sleep for ever when nothing comes', () => {
    const setup = (sim: Sim): void => {
      const { bigLock, loop } = loopOf(sim);
      sim.thread('main', function* () {
        yield* bigLock.lock();
        yield* loop.run([]);
      });
    };
    expect(wrongWith(setup)).toEqual(['deadlock: something for the main loop to do']);
  });
});

describe('vm_shutdown', () => {
  it('should let others have the big lock, then run the bottom halves they left', () => {
    const setup = (sim: Sim): void => {
      const { bigLock, loop } = loopOf(sim);
      const ran = sim.reachable('a bottom half that was scheduled during vm_shutdown');
      sim.thread('main', function* () {
        yield* bigLock.lock();
        const late = yield* loop.bottomHalves.create('late', function* () {
          ran();
        });
        yield* sim.spawn('other', () => bigLock.guard(() => loop.bottomHalves.schedule(late)));
        yield* vmShutdown(loop, bigLock);
        yield* bigLock.unlock();
      });
    };
    expect(wrongWith(setup)).toEqual([]);
  });

  it('should let a virtual CPU finish what it does under the big lock', () => {
    const setup = (sim: Sim): void => {
      const { bigLock, loop } = loopOf(sim);
      const done = sim.atomic('done', false);
      sim.thread('main', function* () {
        yield* bigLock.lock();
        const finish = function* (): Routine {
          yield* done.store(true);
        };
        const vcpu = yield* sim.spawn('vCPU', () => bigLock.guard(finish));
        yield* vmShutdown(loop, bigLock, [vcpu]);
        sim.assert(yield* done.load(), 'the guest goes on');
        yield* bigLock.unlock();
      });
    };
    expect(wrongWith(setup)).toEqual([]);
  });
});
