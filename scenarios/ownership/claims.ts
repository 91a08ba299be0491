import { type Claims, type Differences, source } from '../claim.js';
import * as from from './sources.js';

const bonzini = source('Paolo Bonzini', from.slides);
const quirks = source('upstream', from.quirkCommits);

/** What the slides say of each rule, and commits of what they replaced; Q4 and Q5 were left open. */
export const claims: Claims = {
  Q1: {
    unplugged: bonzini.verified,
    'unplugged-while-read': bonzini.verified,
    'never-plugged': bonzini.verified,
  },
  Q1a: { 'never-plugged': bonzini.expects('I3') },
  Q1b: { unplugged: bonzini.verified },
  Q2: { unplugged: bonzini.verified, 'unplugged-while-read': bonzini.verified },
  Q3: { unplugged: bonzini.verified },
  Q3a: { unplugged: bonzini.expects('I3') },
  Q6: { 'tidy-type': bonzini.verified },
  Q7: { unplugged: bonzini.verified, 'unplugged-while-read': quirks.verified },
  Q7a: { 'unplugged-while-read': quirks.expects('I1') },
};

/** Where the search disagrees. */
export const differences: Differences = {
  Q1: {
    'unplugged-while-read': {
      found: ['I9'],
      because:
        'a callback that waits for the big lock begins when the bus in place is unparented: its memory is there, the bus is finalized',
    },
  },
};
