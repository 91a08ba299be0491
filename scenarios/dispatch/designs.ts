import * as models from '../../models/index.js';
import type { DesignRow } from '../entry.js';
import * as from from './sources.js';

/** A design of dispatch as a row of the table. */
export interface DispatchRow extends DesignRow {
  /** The board that works in its way. */
  readonly board: models.BoardDesign;
}

function row(
  id: string,
  memory: models.MemoryDesign,
  who: string,
  summary: string,
  rest: { readonly where?: string; readonly qdev?: models.BoardDesign['qdev'] } = {},
): DispatchRow {
  const { where = from.lockless2012, qdev = {} } = rest;
  return { id, name: memory.name, who, where, summary, board: { memory, qdev } };
}

const liu = 'Liu Ping Fan';
const paolo = 'Paolo Bonzini';
const avi = 'Avi Kivity';
const jan = 'Jan Kiszka';
const anthony = 'Anthony Liguori';

/** Every design, in the order of the table. */
export const designs: readonly DispatchRow[] = [
  row('head', models.head, 'upstream', 'views hold owners; callbacks under the big lock', {
    where: from.lockless2015,
  }),
  row('U2012', models.upstream2012, 'upstream', 'look-up and callback under the big lock', {
    where: from.release2012,
    qdev: { busEntries: 'freed at once' },
  }),
  row('U2015', models.upstream2015, 'upstream', 'as head; buses give devices up at once', {
    where: from.lockless2015,
    qdev: { busEntries: 'freed at once' },
  }),
  row('D1', models.busReferencesDevice, liu, 'D2, and a bus in place references its device', {
    qdev: { childBus: 'references its device' },
  }),
  row('D2', models.opaqueReference, liu, 'a reference on what the callback works on'),
  row('D3', models.deviceReference, paolo, 'a reference on the device around the region'),
  row(
    'D4',
    models.permanentRegions,
    jan,
    'no counts; a region without the big lock stays, and what fails is that its removal is refused',
  ),
  row(
    'D5',
    models.regionCount,
    jan,
    'each region counts its users; taking it out waits until none is left',
  ),
  row('D6', models.deviceLockHeld, anthony, "the device's lock is held, and taken to delete"),
  row('D7', models.callerLocks, anthony, 'callers hold a lock around each device they call'),
  row('D8', models.objectOfOpaque, avi, 'regions say which object to reference'),
  row('D9', models.objectOfRegion, avi, 'D8, found from the region instead of the opaque'),
  row('D10', models.regionOperations, avi, 'regions bring their own ref and unref'),
  row('D11', models.lookupThenReference, avi, 'look up and reference under RCU, call outside'),
  row(
    'D12',
    models.impliedFlush,
    avi,
    'RCU around the callback; changes of the map wait for readers',
  ),
  row('D13', models.deferredReclaim, paolo, 'RCU around the callback; memory is freed later'),
  row('D14', models.mapRwlock, avi, 'a reader-writer lock around the callback instead of RCU'),
  row('D15', models.bottomHalfCommit, avi, 'changes of the map are put off to a bottom half'),
  row('D16', models.helperCommit, avi, 'a helper thread changes the map and waits for readers'),
  row('D17', models.waitingCommit, jan, 'a commit waits for the users of all it changed'),
  row(
    'D18',
    models.waitingDeregistration,
    jan,
    'look up and count under a lock; deregistering waits',
  ),
  row('D19', models.deregistrationWaitsForOthers, jan, 'D18, and nobody waits for himself'),
  row('D20', models.regionImpl, avi, 'a counted implementation outlives its region'),
  row('D21', models.lockedRegionImpl, avi, 'D20, locked during dispatch, disabled at the end'),
  row('D22', models.regionFile, liu, 'what the map holds references the device, as files do'),
  row('D22a', models.reclaimedRegionFile, liu, 'D22, and drops it by way of call_rcu'),
  row('D23', models.ownerOutside, avi, 'D12, and devices reference themselves while mapped'),
  row(
    'D24',
    models.regionGracePeriod,
    liu,
    'D12, but callbacks wait for the users of what they take out',
  ),
  row('D25', models.enabledCheck, avi, 'D10, and callbacks look whether they are still wanted'),
  row('D26', models.commitAfterCallback, jan, 'D10, and changes apply after the callback'),
  row('D29', models.copyAndPublish, paolo, 'D13, and nothing is modified: copy and publish'),
];
