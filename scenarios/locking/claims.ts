import { type Claims, source } from '../claim.js';
import * as from from './sources.js';

const jan = source('Jan Kiszka', from.thread2012);

/** What the debate says; it leaves the order of locks and the ways to move a region open. */
export const claims: Claims = {
  // Two regions of one device under different locks need a third in common.
  D27: { 'both-regions-at-once': jan.expects('data-race') },
  D27a: { 'both-regions-at-once': jan.verified },
};
