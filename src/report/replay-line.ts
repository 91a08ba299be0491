import type { Report } from '../explore/report.js';
import type { Violation } from '../replay/violation.js';

/** Says what to paste to replay a violation: a command or a call, on one line. @internal */
export type ReplayLine = (report: Report, violation: Violation) => string;
