import type { Shown } from '../engine/operation.js';
import { Bits } from './bits.js';
import type { Fact } from './explanation.js';
import type { Names } from './names.js';
import type { Trace, Truth } from './trace.js';

/** A fact by the numbers of the steps that it is about. */
export interface Claim {
  readonly relation: Fact['relation'];
  readonly step: number;
  /** Of `before`. */
  readonly other: number;
  /** Of `gives`. */
  readonly value: Shown;
}

/** Whether a claim is so in every execution of the trace (true), in none (false), or in some only. */
export function truthOf({ relation, step, other, value }: Claim, trace: Trace): Truth {
  switch (relation) {
    case 'before':
      return trace.before(step, other);
    case 'happens':
      return trace.happens(step);
    case 'never':
      return !trace.happens(step);
    case 'gives':
      return trace.way(step) === value;
  }
}

/** A claim with what is known of it. */
export interface Known {
  readonly claim: Claim;
  /**
   * How little it explains: 1 for an order of steps that come about, and for a choice; 2 for one where the later step may be gone
   * because of the failure, and for a step that happens; 3 for a step that does not happen.
   */
  readonly tier: number;
  /** Failing traces in every execution of which it is so. */
  readonly holds: Bits;
  /** Other traces in some execution of which it may be so. */
  readonly remains: Bits;
}

/** The traces of a scenario, divided by whether they have the failure. */
export interface Divided {
  readonly names: Names;
  readonly failing: readonly Trace[];
  readonly others: readonly Trace[];
}

/** More facts than this are not looked at, those about what the failure is about first. */
const mostFacts = 2_000;
/** How often facts are held against traces. */
const mostTests = 20_000_000;

/** Every claim that may be told from the traces: orders of steps that do not commute somewhere, choices, and steps that are not always there. */
function claimsOf({ names, failing, others }: Divided): Claim[] {
  const pairs = new Set<number>();
  const happening = new Map<number, number>();
  const ways = new Map<string, Claim>();
  const all = [...failing, ...others];
  const width = names.size;
  for (const trace of all) {
    for (const [a, b] of trace.conflicts()) {
      pairs.add(a * width + b);
      pairs.add(b * width + a);
    }
    for (const name of trace.allNames()) happening.set(name, (happening.get(name) ?? 0) + 1);
    for (const [step, value] of trace.allWays()) {
      const claim: Claim = { relation: 'gives', step, other: -1, value };
      ways.set(JSON.stringify([step, value]), claim);
    }
  }
  const sometimes = [...happening].filter(([, times]) => times < all.length).map(([name]) => name);
  return [
    ...[...pairs].map((pair): Claim => {
      const step = Math.floor(pair / width);
      return { relation: 'before', step, other: pair % width, value: null };
    }),
    ...ways.values(),
    ...sometimes.map((step): Claim => ({ relation: 'happens', step, other: -1, value: null })),
    ...sometimes.map((step): Claim => ({ relation: 'never', step, other: -1, value: null })),
  ];
}

function known(claim: Claim, { failing, others }: Divided): Known | undefined {
  const holds = Bits.none(failing.length);
  const remains = Bits.none(others.length);
  const held = failing.filter((trace, i) => {
    const so = truthOf(claim, trace) === true;
    if (so) holds.add(i);
    return so;
  });
  const kept = others.filter((trace, i) => {
    const so = truthOf(claim, trace) !== false;
    if (so) remains.add(i);
    return so;
  });
  if (held.length === 0 || kept.length === others.length) return undefined;
  return { claim, tier: tierOf(claim, held), holds, remains };
}

function tierOf({ relation, other }: Claim, held: readonly Trace[]): number {
  const comes = relation !== 'before' || held.every((trace) => trace.comes(other));
  return { before: comes ? 1 : 2, gives: 1, happens: 2, never: 3 }[relation];
}

/** What facts are preferred by, where they explain the same. */
export interface Preference {
  /** Whether a step is about what the failure is about. */
  readonly about: (name: number) => boolean;
  /** The step that failed by itself: that it happens explains nothing. */
  readonly failed: (name: number) => boolean;
  /** When a step happened in the execution that is shown. */
  readonly place: (name: number) => number;
}

function compareKeys(a: readonly (number | string)[], b: readonly (number | string)[]): number {
  for (let i = 0; i < a.length; i++) {
    const x = a[i] as number | string;
    const y = b[i] as number | string;
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}

/**
 * The facts that hold in some failing trace and not in all others, best first; of those that say the same about all traces only the
 * best.
 */
export function factsOf(divided: Divided, preference: Preference): Known[] {
  const { names, failing, others } = divided;
  const stepsOf = ({ step, other }: Claim): number[] => (other < 0 ? [step] : [step, other]);
  const rank = (claim: Claim): (number | string)[] => {
    const steps = stepsOf(claim);
    const places = steps.map(preference.place);
    const text = textOf(claim, names);
    const about = steps.filter(preference.about).length;
    return [-about, Math.max(...places), Math.min(...places), text];
  };
  const most = Math.floor(mostTests / Math.max(1, failing.length + others.length));
  const claims = claimsOf(divided)
    .filter(({ relation, step }) => relation === 'before' || !preference.failed(step))
    .map((claim) => ({ claim, rank: rank(claim) }))
    .sort((a, b) => compareKeys(a.rank, b.rank))
    .slice(0, most);
  const ranked = claims.flatMap((each) => {
    const fact = known(each.claim, divided);
    return fact === undefined ? [] : [{ fact, key: [fact.tier, ...each.rank] }];
  });
  ranked.sort((a, b) => compareKeys(a.key, b.key));
  const seen = new Set<string>();
  const facts: Known[] = [];
  for (const { fact } of ranked) {
    const columns = `${fact.holds.key()}/${fact.remains.key()}`;
    if (seen.has(columns)) continue;
    seen.add(columns);
    facts.push(fact);
    if (facts.length >= mostFacts) break;
  }
  return facts;
}

/** A claim in words. */
export function textOf({ relation, step, other, value }: Claim, names: Names): string {
  const text = names.text(step);
  switch (relation) {
    case 'before':
      return `${text} comes before ${names.text(other)}`;
    case 'happens':
      return `${text} happens`;
    case 'never':
      return `${text} never happens`;
    case 'gives':
      return names.get(step).operation === 'choose'
        ? `${text} gives ${String(value)}`
        : `${text} goes way ${String(value)}`;
  }
}

/** A claim as it is told. */
export function factOf(claim: Claim, names: Names): Fact {
  const { relation, step, other, value } = claim;
  return {
    relation,
    step: names.get(step),
    other: other < 0 ? null : names.get(other),
    value,
    text: textOf(claim, names),
  };
}
