import { describe, expect, it } from 'vitest';
import {
  type IncomingChannel,
  type Migration,
  mainThread,
  migrateAddBlocker,
  migrateGetCurrent,
  migrationIsRunning,
  migrationIsRunningUnchecked,
  migrationObjectInit,
  monitorCleanup,
  qmpMigrate,
  qmpMigrateIncoming,
  qmpMigrateSetParameters,
  saveSnapshot,
} from '../../../models/index.js';
import { migrationOf } from '../../../scenarios/historic/migration-of.js';
import type { Routine, Sim } from '../../../src/index.js';
import { wrongWith } from '../support.js';

const references = { coroutine: true, bottomHalf: true };

function channelOf(sim: Sim, readable: boolean): IncomingChannel {
  return {
    readable: sim.atomic('channel readable', readable),
    lost: sim.atomic('channel lost', false),
  };
}

/** The main thread does something under the big lock, with a migration object. */
function locked(body: (migration: Migration, sim: Sim) => Routine) {
  return (sim: Sim): void => {
    const migration = migrationOf(sim);
    sim.thread('main', () =>
      migration.bigLock.guard(function* () {
        yield* migrationObjectInit(migration);
        yield* body(migration, sim);
      }),
    );
  };
}

function* referencesOn(migration: Migration): Routine<number> {
  const object = yield* migrateGetCurrent(migration);
  return yield* migration.sim.step('look', () => object.ref.peek());
}

describe('an incoming migration', () => {
  it('should be loaded when data comes, and give back what it held', () => {
    const setup = locked(function* (migration, sim) {
      const channel = channelOf(sim, false);
      const { context } = migration.loop;
      yield* qmpMigrateIncoming(migration, channel, references);
      sim.assert((yield* referencesOn(migration)) === 2, 'the coroutine holds no reference');
      yield* channel.readable.store(true);
      yield* context.poll();
      sim.assert((yield* referencesOn(migration)) === 2, 'the bottom half holds no reference');
      yield* context.poll();
      sim.assert((yield* referencesOn(migration)) === 1, 'a reference is left');
    });
    expect(wrongWith(setup)).toEqual([]);
  });

  it('should ask the pointer when it ends, even if its source went away', () => {
    const setup = locked(function* (migration, sim) {
      const channel = channelOf(sim, false);
      yield* qmpMigrateIncoming(migration, channel, references);
      yield* migration.current.write(undefined);
      yield* channel.lost.store(true);
      yield* channel.readable.store(true);
      yield* migration.loop.context.poll();
    });
    expect(wrongWith(setup)).toEqual(['assertion: migrate_get_current: current_migration is NULL']);
  });

  it('should note that its source went away, first or last', () => {
    const setup = (sim: Sim): void => {
      const early = sim.reachable('an error before the process ends');
      const migration = migrationOf(sim);
      const channel = channelOf(sim, false);
      const quit = { execute: () => migration.loop.requestShutdown() };
      sim.thread('main', () =>
        mainThread(migration, {
          commands: [{ execute: () => qmpMigrateIncoming(migration, channel, references) }, quit],
          *loopEnded() {
            const { error } = migration.state(yield* migrateGetCurrent(migration));
            if ((yield* error.read()) !== undefined) early();
          },
          guestStopped: () => monitorCleanup(migration.loop),
        }),
      );
      sim.thread('source', function* () {
        yield* channel.lost.store(true);
        yield* channel.readable.store(true);
      });
    };
    expect(wrongWith(setup)).toEqual([]);
  });
});

describe('migrate_add_blocker', () => {
  it('should forbid migration, and not while one is running', () => {
    const setup = locked(function* (migration, sim) {
      const isRunning = () => migrationIsRunning(migration, true);
      sim.assert(yield* migrateAddBlocker(migration, 'a', isRunning), 'refused');
      yield* qmpMigrate(migration);
      sim.assert(!(yield* migrateAddBlocker(migration, 'b', isRunning)), 'accepted');
      sim.assert((yield* migration.blockers.read()).join() === 'a', 'other reasons');
    });
    expect(wrongWith(setup)).toEqual([]);
  });

  it('should follow NULL if it asks before the object is made and nobody looks', () => {
    const setup = (sim: Sim): void => {
      const migration = migrationOf(sim);
      sim.thread('main', () =>
        migration.bigLock.guard(function* () {
          yield* migrateAddBlocker(migration, 'a', () => migrationIsRunningUnchecked(migration));
        }),
      );
    };
    expect(wrongWith(setup)).toEqual(['assertion: I11: NULL current_migration was followed']);
  });
});

describe('savevm', () => {
  it('should leave nothing behind that an option is passed on to', () => {
    const setup = locked(function* (migration, sim) {
      yield* saveSnapshot(migration, true);
      yield* qmpMigrateSetParameters(migration, 7);
      const { maxBandwidth, toDstFile } = migration.state(yield* migrateGetCurrent(migration));
      sim.assert((yield* maxBandwidth.read()) === 7, 'the option is not set');
      sim.assert((yield* toDstFile.read()) === undefined, 'the file is still there');
    });
    expect(wrongWith(setup)).toEqual([]);
  });

  it('should have an option passed on to the channel of a migration', () => {
    const setup = locked(function* (migration, sim) {
      yield* qmpMigrate(migration);
      const { toDstFile } = migration.state(yield* migrateGetCurrent(migration));
      const file = yield* toDstFile.read();
      yield* qmpMigrateSetParameters(migration, 7);
      sim.assert((yield* file!.rateLimit.read()) === 7, 'the channel does not know');
    });
    expect(wrongWith(setup)).toEqual([]);
  });
});
