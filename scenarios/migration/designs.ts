import {
  activeMigration,
  bottomHalfWithoutReference,
  clearInFinalize,
  coroutineWithoutReference,
  fallibleMigration,
  getInstance,
  joinDrainClear,
  joinHoldingLock,
  joinThenClear,
  type MigrationDesign,
  migrationCount,
  migrationRegistry,
  neverFreed,
  noNullCheck,
  nullCheck,
  objectPerMigration,
  pointerMutex,
  referenceInsideThread,
  secondPointer,
  singleton,
  upstream,
} from '../../models/index.js';
import type { DesignRow } from '../entry.js';
import * as from from './sources.js';

/** A design of the migration object as a row of the table. */
export interface MigrationRow extends DesignRow {
  readonly model: MigrationDesign;
}

function row(id: string, model: MigrationDesign, rest: Omit<DesignRow, 'id' | 'name'>) {
  return { id, name: model.name, ...rest, model };
}

/** Every design, in the order of the table. */
export const designs: readonly MigrationRow[] = [
  row('G16', upstream, {
    who: 'upstream',
    where: from.singletonSeries,
    summary: 'references for the thread and each bottom half; the pointer is never reset',
  }),
  row('G16a', referenceInsideThread, {
    who: 'upstream until 2024',
    where: from.threadStartCommit,
    summary: 'the migration thread takes its own reference, first of all',
  }),
  row('G16b', bottomHalfWithoutReference, {
    who: 'upstream until 2019',
    where: from.bottomHalfCommit,
    summary: 'a bottom half that waits holds no reference',
  }),
  row('G16c', coroutineWithoutReference, {
    who: 'upstream until 2025',
    where: from.coroutineCommit,
    summary: 'the coroutine of an incoming migration holds no reference while it waits',
  }),
  row('G15', nullCheck, {
    who: 'upstream of 2024',
    where: from.nullCheckCommit,
    summary: 'helpers check the pointer for NULL; G16a and G16c otherwise',
  }),
  row('G15a', noNullCheck, {
    who: 'upstream until 2024',
    where: from.nullCheckCommit,
    summary: 'G16, and helpers follow the pointer without that check',
  }),
  row('G8', clearInFinalize, {
    who: 'Peter Xu',
    where: from.mutexPatch,
    summary: 'instance_finalize resets the pointer, and any number of instances may be made',
  }),
  row('G9', singleton, {
    who: 'Peter Xu',
    where: from.singletonSeries,
    summary: 'one instance only: stored in instance_init, reset in instance_finalize',
  }),
  row('G3', getInstance, {
    who: 'Peter Xu',
    where: from.secondVersion,
    summary: 'G9, and whoever asks for the instance gets a reference on it, taken as usual',
  }),
  row('G9a', pointerMutex, {
    who: 'Peter Xu',
    where: from.mutexPatch,
    summary: 'G9, and a mutex is held for every change of the pointer and every use of the object',
  }),
  row('G5', fallibleMigration, {
    who: 'Daniel Berrangé',
    where: from.singletonSeries,
    summary: 'G9, but a second instance is an error of object_new; so is introspection, then',
  }),
  row('G6', migrationRegistry, {
    who: 'Philippe Mathieu-Daudé',
    where: from.singletonSeries,
    summary: 'the pointer is an entry in a table of the object model, which finalizing takes out',
  }),
  row('G7', activeMigration, {
    who: 'Markus Armbruster',
    where: from.singletonSeries,
    summary: 'only the object of migration_object_init is the migration, and resets the pointer',
  }),
  row('G11', joinHoldingLock, {
    who: 'Daniel Berrangé',
    where: from.joinThread,
    summary:
      'shutdown joins the thread with the big lock held, drops its reference, resets the pointer',
  }),
  row('G11a', joinThenClear, {
    who: 'Daniel Berrangé',
    where: from.joinThread,
    summary: 'G11 with the big lock dropped across the join',
  }),
  row('G11b', joinDrainClear, {
    who: 'Daniel Berrangé',
    where: from.joinThread,
    summary:
      'G11a, and the bottom halves that the thread left behind run before the reference is dropped',
  }),
  row('G12', neverFreed, {
    who: 'Peter Xu',
    where: from.singletonSeries,
    summary: 'the first reference is never dropped: the object stays until the process is gone',
  }),
  row('G13', migrationCount, {
    who: 'Peter Xu',
    where: from.singletonSeries,
    summary: 'a count of users above that of the object: the last user resets the pointer',
  }),
  row('G14', objectPerMigration, {
    who: 'Daniel Berrangé',
    where: from.singletonSeries,
    summary: 'an object for each migration, which goes when the migration is cleaned up',
  }),
  row('G10', secondPointer, {
    who: 'Peter Xu',
    where: from.singletonSeries,
    summary:
      'code outside has a pointer of its own, under the big lock and reset in shutdown; the inside as G16',
  }),
];
