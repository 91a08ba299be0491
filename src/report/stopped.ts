import type { Report } from '../explore/report.js';

/** How the warning begins that says that the user ended the search, of which a report says nothing else. @internal */
export const stoppedWarning = 'the search was stopped';

/** Whether the user ended the search, and not its budget. @internal */
export function wasStopped({ warnings }: Pick<Report, 'warnings'>): boolean {
  return warnings.some((warning) => warning.startsWith(stoppedWarning));
}
