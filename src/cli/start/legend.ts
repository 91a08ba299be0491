import type { ViolationKind } from '../../engine/violation.js';
import { fill } from '../args/help.js';
import { agreement, outcomeText, type Result } from '../result.js';
import { codeOf, codes, instructive, mainKind, markOf } from './cell.js';
import { groupBy, lettersOf, placeOf } from './names.js';

/** What the letters of the columns stand for. */
export function hazardLines(results: readonly Result[], width: number): string[] {
  const letters = lettersOf(results);
  const hazards = groupBy(results, (result) => placeOf(result).hazard);
  const longest = Math.max(...[...hazards.keys()].map(({ length }) => length));
  return [...hazards].flatMap(([hazard, some]) => {
    const left = `${letters.get(hazard) ?? ''}  ${hazard.padEnd(longest)}  `;
    const text = fill(some[0]?.selected.scenario.description ?? '', width - left.length);
    return text.map((line, i) =>
      (i === 0 ? left + line : ' '.repeat(left.length) + line).trimEnd(),
    );
  });
}

/** What the words in the cells stand for, as far as there are any of them. */
export function codeLines(results: readonly Result[], width: number): string[] {
  const seen = results.map(codeOf);
  const kinds = instructive.filter((kind) => seen.includes(codes[kind]));
  const parts = [
    ...(seen.some((code) => code.startsWith('ok')) ? ['ok = verified: no interleaving fails'] : []),
    ...(seen.some((code) => /^ok\/\d/.test(code)) ? ['ok/N = within N preemptions'] : []),
    ...(seen.some((code) => /^ok.*\/d/.test(code)) ? ['ok/dN = within N delays'] : []),
    ...kinds.map((kind) => `${codes[kind]} = ${kind}${detail(kind, results)}`),
    ...(seen.includes('?') ? ['? = not decided in the time given'] : []),
  ];
  return fill(`${parts.join('; ')}. A cell without a mark is as the debate claims.`, width);
}

/** Which invariants, in the table, fail. */
function detail(kind: ViolationKind, results: readonly Result[]): string {
  if (kind !== 'invariant') return '';
  const shown = results.filter((result) => mainKind(result) === kind);
  const failed = shown.flatMap(({ report }) =>
    report.violations.filter((violation) => violation.kind === kind),
  );
  return ` (${[...new Set(failed.map(({ property }) => `"${property}"`))].sort().join(', ')})`;
}

/** Where what was found is not what is claimed: a footnote for each argument, the recorded ones first. */
export function noteLines(results: readonly Result[], width: number): string[] {
  const differing = results.filter((result) =>
    ['recorded', 'different'].includes(agreement(result) ?? ''),
  );
  const notes = groupBy(differing, noteOf);
  const letters = lettersOf(results);
  return [...notes]
    .sort(([a], [b]) => Number(a.startsWith('!')) - Number(b.startsWith('!')))
    .flatMap(([note, some]) => {
      const where = [...groupBy(some, (result) => placeOf(result).design)].map(([design, row]) =>
        [design, ...row.map((result) => letters.get(placeOf(result).hazard) ?? '')].join(' '),
      );
      const [mark = '', ...text] = note.split(' ');
      const lines = fill(`${where.join(', ')}: ${text.join(' ')}`, width - 2);
      return lines.map((line, i) => `${i === 0 ? mark : ' '} ${line}`);
    });
}

function noteOf(result: Result): string {
  const { claim, difference } = result.selected;
  const found = mainKind(result) ?? 'verified';
  const mark = markOf(result);
  const because = mark === '*' ? `: ${difference?.because ?? ''}` : '';
  return `${mark} claimed ${claim === undefined ? '' : outcomeText(claim.expects)}, found ${found}${because}.`;
}
