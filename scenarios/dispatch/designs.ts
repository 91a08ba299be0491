import {
  deferredReclaim,
  deviceReference,
  head,
  impliedFlush,
  lookupThenReference,
  type MemoryDesign,
  opaqueReference,
} from '../../models/index.js';
import type { DesignRow } from '../entry.js';
import * as from from './sources.js';

/** A design of dispatch as a row of the table. */
export interface DispatchRow extends DesignRow {
  readonly model: MemoryDesign;
}

function row(
  id: string,
  model: MemoryDesign,
  who: string,
  summary: string,
  where: string = from.lockless2012,
): DispatchRow {
  return { id, name: model.name, who, where, summary, model };
}

/** Every design, in the order of the table. */
export const designs: readonly DispatchRow[] = [
  row(
    'head',
    head,
    'upstream',
    'views hold owners; callbacks under the big lock',
    from.lockless2015,
  ),
  row('D2', opaqueReference, 'Liu Ping Fan', 'a reference on what the callback works on'),
  row('D3', deviceReference, 'Paolo Bonzini', 'a reference on the device around the region'),
  row('D11', lookupThenReference, 'Avi Kivity', 'look up and reference under RCU, call outside'),
  row('D12', impliedFlush, 'Avi Kivity', 'RCU around the callback; changes of the map wait'),
  row('D13', deferredReclaim, 'Paolo Bonzini', 'RCU around the callback; memory is freed later'),
];
