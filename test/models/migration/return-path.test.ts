import { describe, expect, it } from 'vitest';
import {
  type MigrationCapabilities,
  type MigrationStatus,
  mainThread,
  migrateGetCurrent,
  migrationCancel,
  qmpMigrate,
  qmpMigratePause,
  upstream,
} from '../../../models/index.js';
import { migrationOf } from '../../../scenarios/historic/migration-of.js';
import type { Sim } from '../../../src/index.js';
import { wrongWith } from '../support.js';

/** A migration with a return path; when it is in one of these states something is done, and at the end it has come to some. */
function migrate(
  capabilities: MigrationCapabilities,
  then: 'cancel' | 'pause' | 'nothing',
  ends: readonly MigrationStatus[],
  lost = false,
) {
  return (sim: Sim): void => {
    const reached = new Map(ends.map((end) => [end, sim.reachable(end)] as const));
    const migration = migrationOf(sim, upstream, { capabilities, iterations: 1 });
    if (lost) migration.surroundings = { lost };
    const { loop } = migration;
    const state = () => {
      const object = migration.current.peek();
      return object === undefined ? undefined : migration.state(object);
    };
    const is = (...states: readonly string[]) => states.includes(state()?.status.peek() ?? '');
    const over = () => state()?.thread.peek() === undefined || is('postcopy-paused');
    const acts = { cancel: migrationCancel, pause: qmpMigratePause, nothing: function* () {} };
    const act = () => acts[then](migration);
    const commands = [
      { execute: () => qmpMigrate(migration) },
      { arrived: () => is('active', 'postcopy-active') || over(), execute: act },
      { arrived: over, execute: () => loop.requestShutdown() },
    ];
    sim.thread('main', () =>
      mainThread(migration, {
        commands,
        *loopEnded() {
          const object = yield* migrateGetCurrent(migration);
          const { status, fromDstFile, returnPathThread } = migration.state(object);
          const end = yield* status.load();
          sim.assert(reached.has(end), () => `came to ${end}`);
          reached.get(end)?.();
          sim.assert((yield* fromDstFile.read()) === undefined, 'the return path is open');
          sim.assert((yield* returnPathThread.read()) === undefined, 'it is still read');
        },
      }),
    );
  };
}

describe('a return path', () => {
  it('should be closed when the destination has everything', () => {
    const setup = migrate({ returnPath: true }, 'nothing', ['completed']);
    expect(wrongWith(setup)).toEqual([]);
  });

  it('should be shut down by who cancels, who may come too late', () => {
    const setup = migrate({ returnPath: true }, 'cancel', ['cancelled', 'failed', 'completed']);
    expect(wrongWith(setup)).toEqual([]);
  });

  it('should be there for a guest that moves first', () => {
    expect(wrongWith(migrate({ postcopy: true }, 'nothing', ['completed']))).toEqual([]);
  });

  it('should be closed when management has such a migration pause, or comes too late', () => {
    const ends = ['postcopy-paused', 'failed', 'completed'] as const;
    expect(wrongWith(migrate({ postcopy: true }, 'pause', ends))).toEqual([]);
  });

  it('should be closed when the channel is lost', () => {
    const setup = migrate({ postcopy: true }, 'nothing', ['postcopy-paused'], true);
    expect(wrongWith(setup)).toEqual([]);
  });
});
