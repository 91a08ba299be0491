import {
  bigLockWrapper,
  glib,
  oneLock,
  ownerReference,
  prioritisedInstances,
  type TimerDesign,
  timerInIothread,
  timerUpstream,
  waitingDeletion,
  waitingForOthers,
} from '../../models/index.js';
import type { DesignRow } from '../entry.js';
import * as from from './sources.js';

/** An answer as a row of the table. */
export interface TimerRow extends DesignRow {
  readonly model: TimerDesign;
}

function row(id: string, model: TimerDesign, rest: Omit<DesignRow, 'id' | 'name'>): TimerRow {
  return { id, name: model.name, ...rest, model };
}

/** Every answer, in the order of the table. */
export const designs: readonly TimerRow[] = [
  row('D34', timerUpstream, {
    who: 'upstream',
    where: from.code,
    summary: 'in the main loop under the big lock; the list lock is dropped for the callback',
  }),
  row('D34a', timerInIothread, {
    who: 'upstream',
    where: from.code,
    summary: 'the same list in an event loop without the big lock: the owner has to keep order',
  }),
  row('D34b', bigLockWrapper, {
    who: 'Anthony Liguori',
    where: from.thread2012,
    summary: 'a core without the big lock, and a wrapper that takes it around old callbacks',
  }),
  row('D34c', prioritisedInstances, {
    who: 'Jan Kiszka',
    where: from.thread2012,
    summary: 'several cores, each with a thread of its own priority and no big lock',
  }),
  row('D34d', ownerReference, {
    who: 'Avi Kivity',
    where: from.thread2012,
    summary: "a lock inside the core, under which it references the callback's owner",
  }),
  row('D33', waitingDeletion, {
    who: 'Jan Kiszka',
    where: from.thread2012,
    summary: 'timer_del waits for the running callback',
  }),
  row('D33a', waitingForOthers, {
    who: 'Jan Kiszka',
    where: from.thread2012,
    summary: 'timer_del waits for the running callback, unless that is who calls',
  }),
  row('D35', oneLock, {
    who: 'Anthony Liguori',
    where: from.thread2012,
    summary: 'one lock for the main loop, held while callbacks run',
  }),
  row('D35a', glib, {
    who: 'Paolo Bonzini',
    where: from.thread2012,
    summary: 'one lock, dropped to dispatch; an armed timer references its owner',
  }),
];
