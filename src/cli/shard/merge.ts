import { Merger } from '../../explore/parts.js';
import type { Report } from '../../explore/report.js';
import type { Violation } from '../../replay/violation.js';
import { withSimpler } from '../minimize-one.js';
import type { Judged } from '../result.js';
import type { ShardFile } from './read.js';
import type { ReportDocument } from './schema.js';

function judged({ claim, difference, elapsedMs = 0, ...rest }: ReportDocument): Judged {
  const report: Report = { ...rest, elapsedMs };
  return {
    selected: { claim: claim ?? undefined, difference: difference ?? undefined },
    report,
  };
}

/** What the whole run would have found, from its shards in order. */
export function mergeShards(files: readonly ShardFile[]): Judged[] {
  const [first] = files;
  if (first === undefined) return [];
  if (first.shard.executions !== null) return mergeExecutions(files);
  return first.shard.scenarios.map((_, i) => {
    const { reports } = (files[i % files.length] as ShardFile).document;
    return judged(reports[Math.floor(i / files.length)] as ReportDocument);
  });
}

function mergeExecutions(files: readonly ShardFile[]): Judged[] {
  const some = files.filter(({ document }) => document.reports.length > 0);
  const [first] = some;
  if (first === undefined) return [];
  const merger = new Merger(first.shard.executions?.stopAfter ?? Infinity);
  const simpler = new Map<Violation, Violation | null>();
  const cut: string[] = [];
  for (const { document, shard } of some) {
    if (merger.ended) break;
    const { report } = judged(document.reports[0] as ReportDocument);
    for (const each of shard.violations) simpler.set(each.found, each.simpler);
    const violations = shard.violations.map(({ found }) => found);
    const goesOn = merger.add({ report: { ...report, violations }, failures: shard.failures });
    const { executions } = report;
    const all = shard.executions?.count ?? 0;
    if (goesOn && executions < all) {
      cut.push(
        `shard ${shard.index}/${shard.count} ended after ${executions} of its ${all} executions`,
      );
    }
  }
  const found = merger.report();
  const shown = withSimpler(
    found,
    found.violations.map((violation) => simpler.get(violation) ?? undefined),
  );
  const violations = explained(shown.violations, some);
  const report = { ...shown, violations, warnings: [...shown.warnings, ...cut] };
  return [{ ...judged(first.document.reports[0] as ReportDocument), report }];
}

/** What is said of one failure is said of all of its kind and property. */
function explained(violations: readonly Violation[], files: readonly ShardFile[]): Violation[] {
  const all = files.flatMap(({ document }) => document.reports[0]?.violations ?? []);
  return violations.map((violation) => {
    const { kind, property } = violation;
    const same = all.find((each) => each.kind === kind && each.property === property);
    return same?.explanation === undefined
      ? violation
      : { ...violation, explanation: same.explanation };
  });
}
