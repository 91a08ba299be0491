import type { Command, Migration, MigrationStatus } from '../../../models/index.js';

/** The command that ends the process: the main loop notices at its next turn. */
export function quit(migration: Migration, arrived?: () => boolean): Command {
  const execute = () => migration.loop.requestShutdown();
  return arrived === undefined ? { execute } : { arrived, execute };
}

/** For `arrived`: whether the migration is in one of these states, or over and its object gone. Only peeks. */
export function statusIs(migration: Migration, wanted: readonly MigrationStatus[]): () => boolean {
  return () => {
    const object = migration.current.peek();
    return object === undefined || wanted.includes(migration.state(object).status.peek());
  };
}
