import type { Result } from '../result.js';

/** Where a scenario stands in the table: `family/design/hazard`. */
export interface Place {
  readonly design: string;
  readonly hazard: string;
}

/** The place that the name of a scenario gives it; what comes before is the same for the whole table. */
export function placeOf({ report }: Result): Place {
  const [hazard = '', design = ''] = report.scenario.split('/').reverse();
  return { design, hazard };
}

/** Letters for the columns, by hazard: `a`, `b`, ... in order of appearance. */
export function lettersOf(results: readonly Result[]): Map<string, string> {
  const hazards = [...new Set(results.map((result) => placeOf(result).hazard))];
  return new Map(hazards.map((hazard, i) => [hazard, String.fromCharCode('a'.charCodeAt(0) + i)]));
}

/** Groups by a key, both in order of appearance. */
export function groupBy<K, V>(values: Iterable<V>, keyOf: (value: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}
