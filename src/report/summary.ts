import type { Report } from '../explore/report.js';
import type { Violation } from '../replay/violation.js';
import { exhaustive } from './headline.js';
import { count } from './numbers.js';

/** Whether the search was to see everything and did not: neither a pass nor a failure. @internal */
export function inconclusive(report: Report): boolean {
  return report.verdict === 'passed' && exhaustive.has(report.strategy);
}

/** `3 scenarios: 1 violated, 2 held`. @internal */
export function totals(reports: readonly Report[]): string {
  const violated = reports.filter((report) => report.verdict === 'violated').length;
  const open = reports.filter(inconclusive).length;
  const held = reports.length - violated - open;
  const parts = [
    ...(violated > 0 ? [`${violated} violated`] : []),
    ...(open > 0 ? [`${open} inconclusive`] : []),
    ...(held > 0 ? [`${held} held`] : []),
  ];
  const all = count(reports.length, 'scenario');
  return parts.length === 0 ? all : `${all}: ${parts.join(', ')}`;
}

/** A place in a file. @internal */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** The place in the source nearest to the failure: of the last step that has one. @internal */
export function placeOf(violation: Violation): Place | undefined {
  const event = [...violation.events].reverse().find(({ location }) => location !== '');
  const match = event === undefined ? null : /^(.+):(\d+)$/.exec(event.location);
  return match === null ? undefined : { file: match[1] as string, line: Number(match[2]) };
}
