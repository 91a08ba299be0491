import { type Claims, source } from '../claim.js';
import type { Claim } from '../entry.js';
import * as from from './sources.js';

const liguori = source('Anthony Liguori', from.thread2012);
const kiszka = source('Jan Kiszka', from.thread2012);
const kivity = source('Avi Kivity', from.thread2012);
const bonzini = source('Paolo Bonzini', from.thread2012);
const upstream = source('upstream', from.code);
const keeper = source('upstream', from.reference2024);

/** The same of bottom halves and of handlers of file descriptors, by the rest of the hazard's name. */
function both(of: Readonly<Record<string, Claim>>): Readonly<Record<string, Claim>> {
  const entries = Object.entries(of);
  return Object.fromEntries(
    ['bottom-half', 'fd-handler'].flatMap((kind) =>
      entries.map(([rest, claim]) => [`${kind}-${rest}`, claim]),
    ),
  );
}

/** That nobody uses what a handler worked on, once it is taken out, or what is changed meanwhile. */
const quiet = (claim: Claim): Readonly<Record<string, Claim>> => ({
  ...both({ 'deleted-and-freed': claim, 'deleted-and-changed': claim, 'late-callback': claim }),
  'bottom-half-rescheduled': claim,
  'fd-handler-replaced': claim,
});

/** That it hangs to take a handler out in its callback, and under a lock that the callback takes. */
const hangs = both({
  'deleted-by-itself': kivity.expects('I4'),
  'deleted-under-lock': kiszka.expects('I4'),
});

/** What the debate says of each answer, hazard by hazard. */
export const claims: Claims = {
  head: {
    ...quiet(upstream.verified),
    ...both({
      'deleted-in-finalize': upstream.verified,
      'deleted-by-itself': upstream.verified,
      'deleted-under-lock': upstream.verified,
    }),
  },
  iothread: {
    ...both({ 'deleted-and-freed': keeper.expects('I1'), 'deleted-by-itself': upstream.verified }),
    'fd-handler-replaced': keeper.expects('I1'),
  },
  oneshot: { ...quiet(upstream.verified), ...both({ 'deleted-by-itself': upstream.verified }) },
  D11: both({ 'deleted-and-freed': kivity.verified, 'deleted-under-lock': kivity.verified }),
  D18: { ...quiet(kiszka.verified), ...hangs },
  D29: {
    ...both({ 'deleted-and-changed': bonzini.verified }),
    'bottom-half-rescheduled': bonzini.verified,
  },
  // The lock has to be dropped to dispatch, was the answer.
  D35: {
    ...both({
      'deleted-and-freed': liguori.verified,
      'deleted-by-itself': kivity.expects('I4'),
      'deleted-under-lock': kivity.expects('I4'),
    }),
  },
  D35a: both({
    'deleted-and-freed': bonzini.verified,
    'deleted-by-itself': bonzini.verified,
    'deleted-under-lock': bonzini.verified,
  }),
};
