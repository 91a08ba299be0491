import type { Family } from '../entry.js';
import { type Bug, beforeAndAfter, type Consequences } from '../historic.js';
import { busWalk } from './2d24a64661.js';
import { blockerBeforeBirth } from './4daff81efb.js';
import { threadReference } from './7fc8beb16e.js';
import { incomingBottomHalf } from './27eb8499ed.js';
import { ownAlias } from './52c91dac6b.js';
import { endUnderBigLock } from './60be634079.js';
import { monitorCpu } from './751f8cfe2a.js';
import { busOutlivesController } from './5942a19040.js';
import { linkKeepsTarget } from './9561fda8d9.js';
import { unattachedForEver } from './69382d8b3e.js';
import { ownSubregion } from './ac7a892fd3.js';
import { refusedId } from './b66cecb238.js';
import { restartAfterUnplug } from './cfd4e36352.js';
import { endInsideSection } from './d09a6fde15.js';
import { rdmaClose } from './d46a4847ca.js';
import { incomingCoroutine } from './d657a14de5.js';
import { drainBehindGuest } from './dd47a8f654.js';
import { cancelledTransfer } from './e95205e1f9.js';
import { savevmFile } from './f9c8caa04f.js';
import { cleanupBottomHalf } from './fd392cfa8e.js';

/** In the order of the table. */
const bugs: readonly Bug[] = [
  cleanupBottomHalf,
  incomingBottomHalf,
  threadReference,
  incomingCoroutine,
  blockerBeforeBirth,
  savevmFile,
  busOutlivesController,
  busWalk,
  restartAfterUnplug,
  endInsideSection,
  endUnderBigLock,
  rdmaClose,
  drainBehindGuest,
  monitorCpu,
  ownAlias,
  ownSubregion,
  unattachedForEver,
  linkKeepsTarget,
  cancelledTransfer,
  refusedId,
];

/** What each led to. */
const consequences: Consequences = {
  'cleanup-bottom-half': ['I1'],
  'incoming-bottom-half': ['I1'],
  'thread-reference': ['I1', 'I2'],
  'incoming-coroutine': ['I1'],
  'blocker-before-birth': ['I11'],
  'savevm-file': ['I1'],
  'bus-outlives-controller': ['I1'],
  'bus-walk': ['I1', 'data-race'],
  'restart-after-unplug': ['I1'],
  'end-inside-section': ['I4'],
  'end-under-big-lock': ['I4'],
  'rdma-close': ['I4'],
  'drain-behind-guest': ['I4'],
  'monitor-cpu': ['I1', 'I11'],
  'own-alias': ['I3'],
  'own-subregion': ['I3'],
  'unattached-for-ever': ['I3'],
  'link-keeps-target': ['I3'],
  'cancelled-transfer': ['I1'],
  'refused-id': ['I1'],
};

/** Mistakes that upstream made and mended. */
export const historic: Family = {
  name: 'historic',
  question: 'Which mistakes of the past are found, and gone with their fix?',
  rows: 'hazards',
  entries: beforeAndAfter('historic', bugs, consequences),
};
