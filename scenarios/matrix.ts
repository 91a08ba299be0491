import type { ExploreOptions, Scenario } from '../src/index.js';
import type { Claims, Differences } from './claim.js';
import type { DesignRow, HazardColumn, ScenarioEntry } from './entry.js';

/** Designs and hazards, and how to apply one to the other. */
export interface Pairs<D extends DesignRow, H extends HazardColumn> {
  /** The name of the family. */
  readonly family: string;
  /** In the order of tables. */
  readonly designs: readonly D[];
  /** In the order of tables. */
  readonly hazards: readonly H[];
  /** Whether a hazard is one for a design (default: always). */
  readonly applicable?: (design: D, hazard: H) => boolean;
  /** Makes the scenario, which has that name. */
  readonly build: (design: D, hazard: H, name: string) => Scenario;
  /** Bounds for what would be too much to explore (default: none). */
  readonly options?: (design: D, hazard: H) => ExploreOptions;
  readonly claims?: Claims;
  readonly differences?: Differences;
}

/**
 * Every design under every hazard that is one for it.
 *
 * @throws Error for a claim or a difference about a pair that does not exist.
 */
export function pairs<D extends DesignRow, H extends HazardColumn>(
  parts: Pairs<D, H>,
): readonly ScenarioEntry[] {
  const { family, designs, hazards, applicable = () => true, build, options } = parts;
  const { claims = {}, differences = {} } = parts;
  const entries = designs.flatMap((design) =>
    hazards
      .filter((hazard) => applicable(design, hazard))
      .map((hazard): ScenarioEntry => {
        const claim = claims[design.id]?.[hazard.name];
        const difference = differences[design.id]?.[hazard.name];
        return {
          scenario: build(design, hazard, `${family}/${design.name}/${hazard.name}`),
          family,
          design,
          hazard,
          // One thing that is wrong does not hide the next.
          options: { stopAfter: Infinity, ...options?.(design, hazard) },
          ...(claim && { claim }),
          ...(difference && { difference }),
        };
      }),
  );
  checkKeys('claim', claims, entries);
  checkKeys('difference', differences, entries);
  return entries;
}

/** A claim that no cell shows is a mistake in a table of claims. */
function checkKeys(
  what: string,
  table: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  entries: readonly ScenarioEntry[],
): void {
  const known = new Set(entries.map(({ design, hazard }) => `${design.id} ${hazard.name}`));
  for (const [id, row] of Object.entries(table)) {
    for (const hazard of Object.keys(row)) {
      if (known.has(`${id} ${hazard}`)) continue;
      throw new Error(`there is a ${what} about ${id} under ${hazard}, and no such scenario`);
    }
  }
}
