import { type Claims, source } from '../claim.js';
import * as from from './sources.js';

const jan = source('Jan Kiszka', from.thread2012);
const warning = source('upstream', from.lockless);

/** What the debate says; it leaves the order of locks and the ways to move a region open. */
export const claims: Claims = {
  // Without the big lock is for devices that lock what their callbacks work on themselves.
  D27: { 'both-regions-at-once': warning.expects('data-race') },
  D27a: { 'both-regions-at-once': jan.verified },
};
