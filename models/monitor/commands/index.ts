import type { MonitorCommand } from '../command.js';
import { blockCommands } from './block.js';
import { machineCommands } from './machine.js';
import { migrationCommands } from './migration.js';
import { qomCommands } from './qom.js';

/** Every command, by its name. */
export const commands: ReadonlyMap<string, MonitorCommand> = new Map(
  Object.entries({ ...machineCommands, ...qomCommands, ...migrationCommands, ...blockCommands }),
);
