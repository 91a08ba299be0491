import {
  clearedInFinalize,
  fallibleNew,
  firstVersion,
  glibConstructor,
  lockedHooks,
  noSingletons,
  prePlugGuard,
  resolvedInTree,
  type SingletonDesign,
  secondVersion,
  setInInit,
  typeRegistry,
  uniqueWhenActive,
} from '../../models/index.js';
import type { DesignRow } from '../entry.js';
import * as from from './sources.js';

/** An answer as a row of the table. */
export interface SingletonRow extends DesignRow {
  readonly model: SingletonDesign;
  /** Whether it promises that there is one instance; else no more than that one is in use. */
  readonly oneInstance: boolean;
}

function row(
  id: string,
  model: SingletonDesign,
  rest: Omit<SingletonRow, 'id' | 'name' | 'model'>,
): SingletonRow {
  return { id, name: model.name, ...rest, model };
}

/** Every answer, in the order of the table. */
export const designs: readonly SingletonRow[] = [
  row('upstream', noSingletons, {
    who: 'upstream',
    where: from.code,
    oneInstance: false,
    summary: 'no rule: who makes the instance stores a pointer to it, which nobody resets',
  }),
  row('G1', prePlugGuard, {
    who: 'upstream',
    where: from.prePlugCommit,
    oneInstance: false,
    summary: 'the machine refuses a second one before it is realized; it never forgets the first',
  }),
  row('G2', firstVersion, {
    who: 'Peter Xu',
    where: from.firstVersion,
    oneInstance: true,
    summary: 'device_add asks first, object_new aborts; look-ups return no reference',
  }),
  row('G3', secondVersion, {
    who: 'Peter Xu',
    where: from.secondVersion,
    oneInstance: true,
    summary: 'every command that makes objects asks first, object_new aborts; look-ups reference',
  }),
  row('G3a', lockedHooks, {
    who: 'Peter Xu',
    where: from.secondVersion,
    oneInstance: true,
    summary: 'G3, and a mutex around every look at the pointer and every change of it',
  }),
  row('G4', glibConstructor, {
    who: 'Daniel Berrangé',
    where: from.firstVersion,
    oneInstance: true,
    summary: 'object_new returns the instance that exists, with one more reference, as GLib does',
  }),
  row('G5', fallibleNew, {
    who: 'Daniel Berrangé',
    where: from.firstVersion,
    oneInstance: true,
    summary: 'object_new can fail: a second instance is an error that every caller handles',
  }),
  row('G6', typeRegistry, {
    who: 'Philippe Mathieu-Daudé',
    where: from.firstVersion,
    oneInstance: true,
    summary: 'the object model keeps a table from each type to its instance',
  }),
  row('G6a', resolvedInTree, {
    who: 'Philippe Mathieu-Daudé',
    where: from.firstVersion,
    oneInstance: true,
    summary: 'the instance is the one object of its type in the composition tree',
  }),
  row('G7', uniqueWhenActive, {
    who: 'Markus Armbruster',
    where: from.firstVersion,
    oneInstance: false,
    summary: 'objects come and go freely; realize or complete of a second one fails',
  }),
  row('G8', clearedInFinalize, {
    who: 'Peter Xu',
    where: from.clearInFinalize,
    oneInstance: false,
    summary: 'no rule, and instance_finalize resets the pointer',
  }),
  row('G9', setInInit, {
    who: 'Peter Xu',
    where: from.firstVersion,
    oneInstance: true,
    summary: 'instance_init stores the pointer, instance_finalize resets it; a second one aborts',
  }),
];
