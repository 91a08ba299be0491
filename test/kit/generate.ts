import { Draft } from './generate/draft.js';
import { effort } from './generate/effort.js';
import { Random } from './generate/random.js';
import { type Fragment, type Topic, topics } from './generate/topics.js';
import type { Instruction, Program, ThreadDeclaration } from './program.js';
import { walk } from './walk.js';

/** `invariants` is about variables with invariants over two of them; `everything` mixes three topics at a time. */
export type Profile = Topic | 'invariants' | 'everything';

/**
 * Threads grow until the effort reaches a target drawn from this range, or the program has so many instructions.
 * Chosen so that most programs have between some ten and some thousand traces.
 */
const efforts: Record<Profile, readonly [least: number, most: number]> = {
  variables: [6, 9],
  locks: [8, 13],
  rwlocks: [7, 12],
  conditions: [9, 13],
  signals: [7, 10],
  rcu: [5, 8],
  clock: [3, 6],
  blocks: [15, 24],
  spawn: [4, 7],
  until: [10, 14],
  step: [6, 10],
  choose: [5, 8],
  races: [14, 20],
  failures: [11, 16],
  invariants: [6, 9],
  everything: [6, 10],
};
const mostInstructions = 24;

export const profiles: readonly Profile[] = Object.keys(efforts) as Profile[];

/**
 * The program of this number in the sequence of this seed: always the same.
 *
 * @param scale - below 1 for smaller programs, of which even all interleavings can be enumerated
 */
export function generateProgram(seed: number, index: number, profile: Profile, scale = 1): Program {
  const random = new Random(seed, index);
  const draft = new Draft(random);
  const fragments = fragmentsOf(profile, random);
  const names = ['A', 'B', 'C', 'D'].slice(0, random.pick([2, 2, 3, 3, 3, 4]));
  const bodies = new Map<string, Instruction[]>(names.map((name) => [name, []]));
  grow(draft, bodies, fragments, scale * random.between(...efforts[profile]));
  const threads = names.map((name): ThreadDeclaration => {
    const body = bodies.get(name) ?? [];
    return { name, body, ...(random.percent(4) ? { daemon: true } : {}) };
  });
  addChecks(draft, profile);
  return {
    name: `${profile}-${String(seed)}-${String(index)}`,
    objects: [...draft.objects.values()],
    ...(draft.heap.length > 0 ? { heap: draft.heap } : {}),
    threads,
    ...(draft.spawnable.length > 0 ? { spawnable: draft.spawnable } : {}),
    ...(draft.invariants.length > 0 ? { invariants: draft.invariants } : {}),
    ...(draft.finals.length > 0 ? { finals: draft.finals } : {}),
    ...(draft.heap.length > 0 && random.percent(50) ? { leakCheck: true } : {}),
  };
}

/** Adds fragments to the shortest threads, mostly, until there is enough to explore. */
function grow(
  draft: Draft,
  bodies: ReadonlyMap<string, Instruction[]>,
  fragments: readonly Fragment[],
  target: number,
): void {
  const { random } = draft;
  const all = [...bodies.values()];
  for (;;) {
    const counted = new Map<string, readonly Instruction[]>(bodies);
    for (const { name, body } of draft.spawnable) counted.set(name, body);
    const size = [...counted.values()].reduce((sum, body) => sum + [...walk(body)].length, 0);
    const enough = effort(counted) >= target || size >= mostInstructions;
    const empty = all.find((body) => body.length === 0);
    if (enough && empty === undefined) return;
    const shortest = all.reduce((a, b) => (b.length < a.length ? b : a));
    const body = empty ?? (random.percent(60) ? shortest : random.pick(all));
    body.push(...random.pick(fragments)(draft));
  }
}

function fragmentsOf(profile: Profile, random: Random): readonly Fragment[] {
  if (profile === 'invariants') return [...topics.variables, ...topics.step];
  if (profile !== 'everything') return topics[profile];
  const all = Object.keys(topics) as Topic[];
  return [0, 1, 2].flatMap((): readonly Fragment[] => topics[random.pick(all)]);
}

/** Invariants over two or three variables that may hold for a while, and final assertions that may not. */
function addChecks(draft: Draft, profile: Profile): void {
  const { random } = draft;
  const wanted =
    profile === 'invariants'
      ? random.between(1, 2)
      : profile === 'everything'
        ? random.below(2)
        : 0;
  for (let i = 0; i < wanted; i++) {
    const bad = random.between(1, 2);
    draft.invariants.push({
      name: `invariant ${String(i)}`,
      condition: {
        any: [
          { variable: draft.flag('x'), is: '!=', than: bad },
          { variable: draft.flag('y'), is: '!=', than: random.below(3) },
        ],
      },
    });
  }
  const finals = profile === 'failures' ? 60 : 20;
  if (random.percent(finals)) {
    draft.finals.push({
      name: 'final',
      condition: { variable: draft.flag('x'), is: '!=', than: random.below(3) },
    });
  }
}
