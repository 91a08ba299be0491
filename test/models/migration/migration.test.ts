import { describe, expect, it } from 'vitest';
import {
  BigLock,
  bottomHalfWithoutReference,
  MainLoop,
  Migration,
  type MigrationDesign,
  mainThread,
  migrateGetCurrent,
  migrationIsRunning,
  migrationObjectInit,
  qmpMigrate,
  upstream,
} from '../../../models/index.js';
import type { Routine, Sim } from '../../../src/index.js';
import { wrongWith } from '../support.js';

function migrationOf(sim: Sim, design: MigrationDesign = upstream, iterations = 1): Migration {
  const bigLock = new BigLock(sim);
  return new Migration({ sim, bigLock, loop: new MainLoop(sim, bigLock), design, iterations });
}

/** The main thread does something under the big lock. */
function locked(body: (migration: Migration, sim: Sim) => Routine) {
  return (sim: Sim): void => {
    const migration = migrationOf(sim);
    sim.thread('main', () => migration.bigLock.guard(() => body(migration, sim)));
  };
}

/** A migration, and a quit as soon as the migration has come to one of these states. */
function migrateAndQuit(migration: Migration, states: readonly string[]): Routine {
  const arrived = () => {
    const object = migration.current.peek();
    return object !== undefined && states.includes(migration.state(object).status.peek());
  };
  const quit = { arrived, execute: () => migration.loop.requestShutdown() };
  return mainThread(migration, { commands: [{ execute: () => qmpMigrate(migration) }, quit] });
}

describe('migration_object_init', () => {
  it('should be called once', () => {
    const setup = locked(function* (migration) {
      yield* migrationObjectInit(migration);
      yield* migrationObjectInit(migration);
    });
    expect(wrongWith(setup)).toEqual(['assertion: migration_object_init: called a second time']);
  });

  it('should come before migrate_get_current', () => {
    const setup = locked(function* (migration) {
      yield* migrateGetCurrent(migration);
    });
    expect(wrongWith(setup)).toEqual(['assertion: migrate_get_current: current_migration is NULL']);
  });

  it('should not be needed by those outside, who find no migration before it', () => {
    const setup = locked(function* (migration, sim) {
      sim.assert(!(yield* migrationIsRunning(migration, true)), 'a migration before its object');
      yield* migrationObjectInit(migration);
      sim.assert(!(yield* migrationIsRunning(migration, true)), 'a migration from the start');
    });
    expect(wrongWith(setup)).toEqual([]);
  });
});

describe('a migration', () => {
  it('should complete, clean up and leave one reference', () => {
    const setup = (sim: Sim): void => {
      const migration = migrationOf(sim);
      const { bigLock, loop } = migration;
      sim.thread('main', function* () {
        yield* bigLock.lock();
        yield* migrationObjectInit(migration);
        const object = yield* migrateGetCurrent(migration);
        const { thread, status, toDstFile } = migration.state(object);
        yield* qmpMigrate(migration);
        sim.assert(yield* migrationIsRunning(migration, true), 'not running');
        const done = { arrived: () => thread.peek() === undefined };
        yield* loop.run([{ ...done, execute: () => loop.requestShutdown() }]);
        sim.assert((yield* status.load()) === 'completed', 'not completed');
        sim.assert(!(yield* toDstFile.read()), 'the channel is open');
        const count = yield* sim.step('look', () => object.ref.peek());
        sim.assert(count === 1, () => `${count} references`);
      });
    };
    expect(wrongWith(setup)).toEqual([]);
  });

  it('should be cancelled when the process ends in its midst', () => {
    const setup = (sim: Sim): void => {
      const ways = new Map(
        ['cancelling', 'completed'].map((status) => [status, sim.reachable(status)] as const),
      );
      const design: MigrationDesign = {
        ...upstream,
        *release(migration) {
          const object = yield* migrateGetCurrent(migration);
          ways.get(yield* migration.state(object).status.load())?.();
          yield* upstream.release(migration);
        },
      };
      const migration = migrationOf(sim, design, 2);
      sim.thread('main', () => migrateAndQuit(migration, ['active', 'completed']));
    };
    expect(wrongWith(setup)).toEqual([]);
  });
});

describe('the last reference', () => {
  /** Finalizes with a look at who holds the big lock: dropping it is lock-misuse for whoever does not. */
  function underBigLock(design: MigrationDesign) {
    return (sim: Sim): void => {
      const finalized = sim.reachable('finalized');
      const migration = migrationOf(sim, {
        ...design,
        *dying({ bigLock }) {
          yield* bigLock.unlock();
          yield* bigLock.lock();
          finalized();
        },
      });
      sim.thread('main', () => migrateAndQuit(migration, ['setup', 'active', 'completed']));
    };
  }

  it('should be dropped under the big lock, because the bottom half outlives the thread', () => {
    expect(wrongWith(underBigLock(upstream))).toEqual([]);
  });

  it('should be dropped by the thread, without it, if the bottom half held none', () => {
    expect(wrongWith(underBigLock(bottomHalfWithoutReference))).toContain('lock-misuse: BQL');
  });
});
