import { type ScenarioOptions, type Sim, scenario } from '../src/index.js';
import { source } from './claim.js';
import type { Claim, DesignRow, Expectation, HazardColumn, ScenarioEntry } from './entry.js';
import { pairs } from './matrix.js';

/** A mistake that was made and mended, as two set-ups that differ in the mending alone. */
export interface Bug extends HazardColumn {
  /** The commit that mended it. */
  readonly commit: string;
  readonly before: (sim: Sim) => void;
  readonly after: (sim: Sim) => void;
  readonly options?: Pick<ScenarioOptions, 'leakCheck' | 'maxSteps'>;
}

/** What each mistake led to, by the name of the bug. Whoever mended it also says that it leads there no more. */
export type Consequences = Readonly<Record<string, readonly [Expectation, ...Expectation[]]>>;

interface Side extends DesignRow {
  readonly name: 'before' | 'after';
}

const sides: readonly Side[] = [
  side('before', 'as it was before the fix'),
  side('after', 'as it is with the fix'),
];

function side(name: Side['name'], summary: string): Side {
  return { id: name, name, who: 'upstream', where: 'the commit of each bug', summary };
}

/**
 * Each bug as it was and as it was mended: `family/before/bug` and `family/after/bug`. Its table has a row for each bug.
 *
 * @throws Error for consequences of a bug that is not listed.
 */
export function beforeAndAfter(
  family: string,
  bugs: readonly Bug[],
  consequences: Consequences,
): readonly ScenarioEntry[] {
  const before: Record<string, Claim> = {};
  const after: Record<string, Claim> = {};
  for (const [name, what] of Object.entries(consequences)) {
    const commit = bugs.find((bug) => bug.name === name)?.commit ?? '';
    const { expects, verified } = source('upstream', commit);
    before[name] = expects(...what);
    after[name] = verified;
  }
  return pairs<Side, Bug>({
    family,
    designs: sides,
    hazards: bugs,
    build: ({ name: when }, { description, commit, options, ...bug }, name) =>
      scenario(name, bug[when], { ...options, description, source: commit }),
    claims: { before, after },
  });
}
