import {
  type HandlerDesign,
  handlersByOneShot,
  handlersCopied,
  handlersCounted,
  handlersCountedByOthers,
  handlersGlib,
  handlersInIothread,
  handlersInMainLoop,
  handlersOneLock,
  handlersReferenced,
} from '../../models/index.js';
import type { DesignRow } from '../entry.js';
import * as from from './sources.js';

/** An answer as a row of the table. */
export interface HandlerRow extends DesignRow {
  readonly model: HandlerDesign;
}

function row(id: string, model: HandlerDesign, who: string, summary: string): HandlerRow {
  const where = who === 'upstream' ? from.code : from.thread2012;
  return { id, name: model.name, who, where, summary, model };
}

const jan = 'Jan Kiszka';

/** Every answer, in the order of the table. */
export const designs: readonly HandlerRow[] = [
  row('head', handlersInMainLoop, 'upstream', 'in the main loop; taken out under the big lock'),
  row('iothread', handlersInIothread, 'upstream', 'in another loop; taken out by the main thread'),
  row('oneshot', handlersByOneShot, 'upstream', 'in another loop, which takes it out itself'),
  row('D11', handlersReferenced, 'Avi Kivity', 'look and reference under RCU, call outside'),
  row('D18', handlersCounted, jan, 'look and count under a lock; who takes out waits'),
  row('D19', handlersCountedByOthers, jan, 'D18, and nobody waits for himself'),
  row('D29', handlersCopied, 'Paolo Bonzini', 'RCU around the callback; copy and publish'),
  row('D35', handlersOneLock, 'Anthony Liguori', 'one lock for the loop, held during callbacks'),
  row('D35a', handlersGlib, 'Paolo Bonzini', 'one lock, dropped to call; sources hold owners'),
];
