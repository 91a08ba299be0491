import type { Expectation, Family } from '../entry.js';
import { type Bug, beforeAndAfter } from '../historic.js';
import { busWalk } from './2d24a64661.js';
import { blockerBeforeBirth } from './4daff81efb.js';
import { threadReference } from './7fc8beb16e.js';
import { incomingBottomHalf } from './27eb8499ed.js';
import { ownAlias } from './52c91dac6b.js';
import { endUnderBigLock } from './60be634079.js';
import { viewResurrected } from './447b0d0b9e.js';
import { monitorCpu } from './751f8cfe2a.js';
import { iommuDeviceFreed } from './935c391418.js';
import { dispatchRemembered } from './2865bf1c57.js';
import { guardOpened } from './3884bf6468.js';
import { busOutlivesController } from './5942a19040.js';
import { channelGivenUp } from './7478fb0df9.js';
import { guardOfDeleted } from './7915bd06f2.js';
import { linkKeepsTarget } from './9561fda8d9.js';
import { returnPathClosed } from './43044ac0ee.js';
import { unattachedForEver } from './69382d8b3e.js';
import { portsFreed } from './690705ca0b.js';
import { dmaToItself } from './a2e1753b80.js';
import { ownSubregion } from './ac7a892fd3.js';
import { spaceOutlivesDevice } from './ac95190ea9.js';
import { refusedId } from './b66cecb238.js';
import { windowsReplaced } from './b308c82cbd.js';
import { windowsFreed } from './b2999ed8ad.js';
import { quirkFreed } from './ba5e6bfa1a.js';
import { restartAfterUnplug } from './cfd4e36352.js';
import { endInsideSection } from './d09a6fde15.js';
import { rdmaClose } from './d46a4847ca.js';
import { incomingCoroutine } from './d657a14de5.js';
import { drainBehindGuest } from './dd47a8f654.js';
import { cancelledTransfer } from './e95205e1f9.js';
import { commandInNestedLoop } from './effd60c878.js';
import { savevmFile } from './f9c8caa04f.js';
import { cleanupBottomHalf } from './fd392cfa8e.js';

/** A mistake, and what it led to. */
interface Covered {
  readonly number: number;
  readonly bug: Bug;
  readonly ledTo: readonly [Expectation, ...Expectation[]];
}

function covered(number: number, bug: Bug, ...ledTo: Covered['ledTo']): Covered {
  return { number, bug, ledTo };
}

/** In the order of the table. What was done wrong in several places, or mended in several steps, has one number. */
export const mistakes: readonly Covered[] = [
  covered(1, cleanupBottomHalf, 'I1'),
  covered(2, incomingBottomHalf, 'I1'),
  covered(3, threadReference, 'I1', 'I2'),
  covered(4, incomingCoroutine, 'I1'),
  covered(5, blockerBeforeBirth, 'I11'),
  covered(6, savevmFile, 'I1'),
  covered(7, viewResurrected, 'I2'),
  covered(8, dispatchRemembered, 'I1'),
  covered(9, portsFreed, 'I1'),
  covered(10, windowsFreed, 'I1'),
  covered(11, spaceOutlivesDevice, 'I1'),
  covered(12, ownAlias, 'I3'),
  covered(12, ownSubregion, 'I3'),
  covered(13, quirkFreed, 'I1'),
  covered(14, busOutlivesController, 'I1'),
  covered(15, busWalk, 'I1', 'data-race'),
  covered(16, restartAfterUnplug, 'I1'),
  covered(17, endInsideSection, 'I4'),
  covered(18, endUnderBigLock, 'I4'),
  covered(18, rdmaClose, 'I4'),
  covered(19, drainBehindGuest, 'I4'),
  covered(20, commandInNestedLoop, 'I8'),
  covered(21, dmaToItself, 'I1', 'I8'),
  covered(21, guardOpened, 'I1'),
  covered(21, guardOfDeleted, 'I1'),
  covered(22, monitorCpu, 'I1', 'I11'),
  covered(23, windowsReplaced, 'I1'),
  covered(24, unattachedForEver, 'I3'),
  covered(24, linkKeepsTarget, 'I3'),
  covered(25, iommuDeviceFreed, 'I1'),
  covered(26, cancelledTransfer, 'I1'),
  covered(27, refusedId, 'I1'),
  covered(28, returnPathClosed, 'I1', 'data-race'),
  covered(28, channelGivenUp, 'I1', 'data-race'),
];

/** Mistakes that upstream made and mended. */
export const historic: Family = {
  name: 'historic',
  question: 'Which mistakes of the past are found, and gone with their fix?',
  rows: 'hazards',
  entries: beforeAndAfter(
    'historic',
    mistakes.map(({ bug }) => bug),
    Object.fromEntries(mistakes.map(({ bug, ledTo }) => [bug.name, ledTo])),
  ),
};
