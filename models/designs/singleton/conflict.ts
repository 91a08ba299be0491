import { QemuError } from '../../qom/error.js';
import type { Singleton } from '../../qom/singleton.js';

/** What a site reports that may not make a second instance. */
export function conflict({ type }: Singleton): QemuError {
  return new QemuError(`there is an instance of the singleton '${type}' already`);
}

/** What is reported of a second object that would become active. */
export function atMostOne({ type }: Singleton): QemuError {
  return new QemuError(`at most one ${type} device is permitted`);
}
