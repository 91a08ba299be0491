import { type Claims, type Differences, source } from '../../../scenarios/claim.js';
import type { Claim, DesignRow, Family, HazardColumn } from '../../../scenarios/entry.js';
import { beforeAndAfter } from '../../../scenarios/historic.js';
import { pairs } from '../../../scenarios/matrix.js';
import type { MatrixValues } from '../../../src/cli/matrix/options.js';
import { runMatrix } from '../../../src/cli/matrix/run.js';
import { startMatrix } from '../../../src/cli/matrix/start.js';
import type { Terminal } from '../../../src/cli/terminal.js';
import {
  type Atomic,
  type ExploreOptions,
  type Mutex,
  type Routine,
  type Sim,
  scenario,
} from '../../../src/index.js';
import type { Outcome } from '../qomcheck.js';

type Threads = (sim: Sim, threads: number) => void;

interface Design extends DesignRow {
  readonly threads: Threads;
}

interface Hazard extends HazardColumn {
  readonly threads: number;
}

function design(id: string, name: string, summary: string, threads: Threads): Design {
  return { id, name, who: 'A. Author', where: 'the list', summary, threads };
}

interface Counter {
  readonly value: Atomic<number>;
  readonly locks: readonly [Mutex, Mutex];
}

/** Threads that count how many they are. */
function counting(count: (x: Counter, i: number) => Routine): Threads {
  return (sim, threads) => {
    const value = sim.atomic('x', 0);
    const x: Counter = { value, locks: [sim.mutex('a'), sim.mutex('b')] };
    for (let i = 0; i < threads; i++) sim.thread(`T${i}`, () => count(x, i));
    sim.finally(() => sim.assert(value.peek() === threads, 'I13: an update was lost'));
  };
}

function* twoSteps({ value }: Counter): Routine {
  yield* value.store((yield* value.load()) + 1);
}

function* locked(x: Counter, order: readonly Mutex[]): Routine {
  for (const lock of order) yield* lock.lock();
  yield* twoSteps(x);
  for (const lock of order) yield* lock.unlock();
}

const designs: readonly Design[] = [
  design('P1', 'plain', 'a load, then a store', counting(twoSteps)),
  design(
    'P2',
    'atomic',
    'one step',
    counting(function* ({ value }) {
      yield* value.fetchAdd(1);
    }),
  ),
  design(
    'P3',
    'locked',
    'two steps under a lock',
    counting((x) => locked(x, x.locks.slice(0, 1))),
  ),
  design(
    'P4',
    'crossed',
    'two steps under two locks, which every other thread takes the other way round',
    counting((x, i) => locked(x, i % 2 === 0 ? x.locks : [...x.locks].reverse())),
  ),
];

const hazards: readonly Hazard[] = [
  { name: 'two', title: 'two threads', description: 'two threads at once', threads: 2 },
  { name: 'three', title: 'three threads', description: 'three threads at once', threads: 3 },
  { name: 'alone', title: 'one thread', description: 'nobody else is there', threads: 1 },
];

const author = source('A. Author', 'the first mail');
const critic = source('B. Critic', 'the second mail');

const claims: Claims = {
  P1: { two: critic.expects('I13'), three: author.verified, alone: author.verified },
  P2: { two: author.verified, three: author.verified },
  P3: { two: author.verified },
  P4: { two: critic.expects('I4'), three: critic.expects('I4') },
};

const differences: Differences = {
  P1: { three: { found: ['I13'], because: 'with three it is lost as with two' } },
};

/** How to make a catalogue. */
export interface Fixture {
  readonly claims?: Claims;
  readonly options?: ExploreOptions;
  /** How many threads there are where there are three. */
  readonly most?: number;
  /** What a useful search has to reach, and none does. */
  readonly unreachable?: string;
}

/** Ways to count. */
export function counters(fixture: Fixture = {}): Family {
  const entries = pairs<Design, Hazard>({
    family: 'counter',
    designs,
    hazards,
    applicable: ({ id }, { name }) => id !== 'P4' || name !== 'alone',
    build: ({ threads }, hazard, name) => {
      const setup = (sim: Sim): void => {
        if (fixture.unreachable !== undefined) sim.reachable(fixture.unreachable);
        const { most = 3 } = fixture;
        threads(sim, hazard.threads === 3 ? most : hazard.threads);
      };
      return scenario(name, setup, { source: 'the list' });
    },
    options: () => fixture.options ?? {},
    claims: fixture.claims ?? claims,
    differences,
  });
  return { name: 'counter', question: 'How do threads count together?', entries };
}

/** A mistake, before and after. */
export function bugs(): Family {
  const [plain, atomic] = designs;
  const bug = {
    name: 'lost-update',
    title: 'lost update',
    description: 'two threads count and get one',
    commit: 'commit 1234567890',
    before: (sim: Sim) => plain?.threads(sim, 2),
    after: (sim: Sim) => atomic?.threads(sim, 2),
  };
  const entries = beforeAndAfter('bugs', [bug], { 'lost-update': ['I13'] });
  return { name: 'bugs', question: 'What went wrong?', rows: 'hazards', entries };
}

/** The same family with a claim in place of each that it has. */
export function claiming(family: Family, claim: (old: Claim) => Claim): Family {
  const entries = family.entries.map((entry) =>
    entry.claim === undefined ? entry : { ...entry, claim: claim(entry.claim) },
  );
  return { ...family, entries };
}

/** Runs the command matrix on these families, in this thread. */
export function matrixOf(
  families: readonly Family[],
  values: MatrixValues = {},
  interrupted: () => boolean = () => false,
): Promise<Printed> {
  return printed(interrupted, (terminal) =>
    runMatrix(families, { workers: 1, ...values }, terminal),
  );
}

/** Runs the command start on these families, in this thread. */
export function startOf(families: readonly Family[]): Promise<Printed> {
  return printed(
    () => false,
    (terminal) => startMatrix(families, false, terminal, 1),
  );
}

type Printed = Omit<Outcome, 'stderr'>;

async function printed(
  interrupted: () => boolean,
  work: (terminal: Terminal) => Promise<number>,
): Promise<Printed> {
  let stdout = '';
  const terminal: Terminal = {
    out: (more: string) => (stdout += more),
    log: () => undefined,
    progress: () => undefined,
    outIsTerminal: false,
    columns: undefined,
    env: {},
    self: 'npx qomcheck',
    interrupted,
  };
  const code = await work(terminal);
  return { code, stdout };
}
