import type { Violation, ViolationKind } from '../src/index.js';

/** What must never happen, by the labels that the debate about lifetimes goes by. Each with its meaning in one line. */
export const labels = {
  I1: 'memory that was given back is never touched',
  I2: 'a count of references never drops below zero and never rises from it',
  I3: 'what was unplugged goes away once nothing happens any more',
  I4: 'nobody waits for somebody who waits for him',
  I5: 'a singleton has one living instance at most',
  I6: 'a committed map is the one that is looked up from then on, and the guest goes on only then',
  I7: 'no callback runs or starts once its deregistration has returned',
  I8: "a device's callback is not entered again while it runs",
  I9: 'what is finalized is left alone, in particular by its parent',
  I10: 'making an object and dropping it again changes nothing for others',
  I11: 'a global or cached pointer never points to what is gone',
  I12: 'locks are taken in one order everywhere',
  I13: 'one dispatch sees a region as it was or as it is, never a mixture',
} as const;

/** The label of an invariant. */
export type Label = keyof typeof labels;

/** The kinds of violation that are one of the invariants wherever they occur. */
const ofKind: Partial<Record<ViolationKind, Label>> = {
  'use-after-free': 'I1',
  'double-free': 'I1',
  refcount: 'I2',
  leak: 'I3',
  deadlock: 'I4',
  livelock: 'I4',
  'lock-misuse': 'I4',
};

/** What a property is called that stands for one invariant or more: `I7: ...`, `I10/I11: ...`. */
const labelled = /^(I\d+(?:\/I\d+)*): /;

/** What of a violation its labels depend on. */
export type Labelled = Pick<Violation, 'kind' | 'property' | 'message'>;

/**
 * The invariants that a violation breaks, in the order of their numbers. None for what belongs to no invariant: a data race, an
 * exception, an assertion of the program itself.
 */
export function labelsOf({ kind, property, message }: Labelled): Label[] {
  const known = ofKind[kind];
  if (known !== undefined) {
    // The engine tells memory that is still there, of something finalized, from memory that was given back.
    const finalized = kind === 'use-after-free' && / was retired\b/.test(message);
    return finalized ? [known, 'I9'] : [known];
  }
  if (kind !== 'assertion' && kind !== 'invariant') return [];
  const named = labelled.exec(property)?.[1]?.split('/') ?? [];
  return named.filter(isLabel).sort((a, b) => numberOf(a) - numberOf(b));
}

function numberOf(label: Label): number {
  return Number(label.slice(1));
}

/** Whether a text is a label. */
export function isLabel(text: string): text is Label {
  return Object.hasOwn(labels, text);
}
