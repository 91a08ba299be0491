import type { Report } from '../explore/report.js';

/** What goes into the JSON form. @internal */
export interface JsonOptions {
  /** Whether wall-clock values are included; without them two runs give the same bytes (default false). */
  readonly timings?: boolean | undefined;
}

/** A report as JSON data; `elapsedMs` only with timings. @internal */
export type ReportJson = Omit<Report, 'elapsedMs'> & { readonly elapsedMs?: number };

const reportKeys = [
  'schemaVersion',
  'scenario',
  'strategy',
  'seed',
  'bounds',
  'verdict',
  'complete',
  'executions',
  'failing',
  'deadlocks',
  'redundant',
  'steps',
  'elapsedMs',
  'violations',
  'unreached',
  'warnings',
  'coverage',
];
const violationKeys = [
  'kind',
  'property',
  'message',
  'token',
  'steps',
  'preemptions',
  'events',
  'thread',
  'details',
  'minimized',
  'explanation',
];
const minimizedKeys = ['preemptions', 'steps', 'provenMinimal', 'executions'];
const eventKeys = [
  'index',
  'thread',
  'operation',
  'object',
  'value',
  'label',
  'location',
  'preempts',
];

/** The same data with its keys in a fixed order: those listed, then all others by name. */
function ordered<T extends object>(data: T, keys: readonly string[]): T {
  const others = Object.keys(data).filter((key) => !keys.includes(key));
  const entries = [...keys, ...others.sort()].flatMap((key) =>
    Object.hasOwn(data, key) ? [[key, data[key as keyof T]] as const] : [],
  );
  return Object.fromEntries(entries) as T;
}

/** A report as data whose keys have a fixed order. @internal */
export function reportToJson(report: Report, options: JsonOptions = {}): ReportJson {
  const violations = report.violations.map((violation) => {
    const events = violation.events.map((event) => ordered(event, eventKeys));
    const { minimized } = violation;
    const simpler = minimized === undefined ? {} : { minimized: ordered(minimized, minimizedKeys) };
    return ordered({ ...violation, events, ...simpler }, violationKeys);
  });
  const bounds = ordered(report.bounds, ['preemptions', 'delays']);
  const { elapsedMs, ...data } = ordered({ ...report, bounds, violations }, reportKeys);
  return options.timings === true ? ordered({ ...data, elapsedMs }, reportKeys) : data;
}

/** Several reports as one JSON document. @internal */
export function renderJson(reports: readonly Report[], options: JsonOptions = {}): string {
  const document = {
    schemaVersion: 1,
    reports: reports.map((report) => reportToJson(report, options)),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
