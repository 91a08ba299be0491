import { type Claims, source } from '../claim.js';
import * as from from './sources.js';

const anthony = source('Anthony Liguori', from.lockless2012);
const avi = source('Avi Kivity', from.lockless2012);
const jan = source('Jan Kiszka', from.lockless2012);
const liu = source('Liu Ping Fan', from.lockless2012);
const marcelo = source('Marcelo Tosatti', from.lockless2012);
const paolo = source('Paolo Bonzini', from.lockless2012);
const upstream = source('upstream', from.lockless2015);
const heap = source('upstream', from.heapRegion2023);

/** That the device stays while its callback runs. */
const staysForCallback = { 'unplug-during-dispatch': avi.verified };

/** That whoever waits for a region waits for ever in its callback, and under a lock that its callbacks take. */
const waitsForItself = {
  'callback-removes-own-region': avi.expects('I4'),
  'removal-under-device-lock': jan.expects('I4'),
};

/** What the debate says of each design, by its number. */
export const claims: Claims = {
  head: {
    'unplug-during-dispatch': upstream.verified,
    'unplug-of-embedded-bus': upstream.verified,
    'unplug-of-heap-region': heap.expects('I1'),
    'late-callback': upstream.expects('I7'),
    'callback-removes-own-region': upstream.verified,
    'remap-during-dispatch': upstream.verified,
    're-entry-after-bar-write': upstream.verified,
  },
  U2012: { 'late-callback': avi.verified, 'change-while-deregistered': avi.verified },
  U2015: {
    'unplug-during-dispatch': upstream.verified,
    'late-callback': upstream.expects('I7'),
    'callback-removes-own-region': upstream.verified,
  },
  D1: {
    'unplug-of-embedded-bus': liu.verified,
    // "Containment may happen just as well for devices."
    'unplug-of-nested-device': paolo.expects('I1'),
  },
  D2: { 'unplug-of-embedded-bus': paolo.expects('I1') },
  D3: {
    'unplug-during-dispatch': paolo.verified,
    'unplug-of-embedded-bus': paolo.verified,
  },
  D4: {
    'unplug-during-dispatch': avi.expects('assertion'),
    'remap-during-dispatch': avi.expects('assertion'),
  },
  D5: {
    ...waitsForItself,
    'unplug-during-dispatch': jan.verified,
    'late-callback': jan.verified,
  },
  D6: { 'unplug-during-dispatch': avi.expects('I1') },
  D7: {
    'unplug-during-dispatch': anthony.verified,
    'callbacks-call-each-other': jan.expects('I4', 'I12'),
  },
  D8: staysForCallback,
  D9: staysForCallback,
  D10: { ...staysForCallback, 'late-callback': avi.expects('I7') },
  D11: {
    ...staysForCallback,
    'removal-under-device-lock': avi.verified,
    'callback-removes-own-region': avi.verified,
  },
  D12: {
    'late-callback': avi.verified,
    'removal-under-device-lock': avi.expects('I4'),
    'callback-removes-own-region': marcelo.expects('I4'),
    're-entry-after-bar-write': marcelo.expects('I4'),
  },
  D13: {
    'unplug-during-dispatch': paolo.verified,
    'late-callback': upstream.expects('I7'),
    'callback-removes-own-region': paolo.verified,
    're-entry-after-bar-write': paolo.verified,
  },
  D15: { 're-entry-after-bar-write': avi.expects('I6') },
  D16: { 're-entry-after-bar-write': avi.expects('I6') },
  D17: {
    ...waitsForItself,
    'unplug-during-locking-callback': jan.expects('I4'),
    'change-while-deregistered': jan.verified,
    'change-after-move': jan.verified,
  },
  D18: { ...waitsForItself, 'change-while-deregistered': jan.verified },
  D20: { 'unplug-during-dispatch': avi.expects('I1') },
  D21: {
    'unplug-during-dispatch': avi.verified,
    'unplug-during-locking-callback': avi.expects('I4', 'I12'),
    'callback-unplugs-own-device': jan.expects('I4'),
  },
  D23: { 'removal-under-device-lock': avi.expects('I4') },
  D25: { ...staysForCallback, 'late-callback': avi.verified },
  D26: { 'callback-uses-new-map': avi.expects('I6') },
  D29: { 'change-while-deregistered': paolo.verified, 'callbacks-changed': paolo.verified },
};
