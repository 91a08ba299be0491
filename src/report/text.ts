import type { Report } from '../explore/report.js';
import type { Violation } from '../replay/violation.js';
import { ascii, asciiLines } from './ascii.js';
import { palette } from './colour.js';
import { renderDetails } from './details.js';
import { renderExecution, widthOf } from './execution.js';
import { explanationLines } from './explanation.js';
import { executionsText, searchText } from './headline.js';
import { shapeLines } from './shape.js';
import { wrap } from './wrap.js';

export { renderExecution } from './execution.js';
export { renderHeadline } from './headline.js';

/** A violation with what a reader needs besides. @internal */
export interface FailureInput {
  readonly report: Report;
  readonly violation: Violation;
  /** The line to paste that replays it. */
  readonly replayLine: string;
}

/** How a failure is printed. @internal */
export interface FailureOptions {
  /** Columns of the terminal or mail (default 100, at least 60). */
  readonly width?: number | undefined;
  /** Whether to use the colours of a terminal besides the marks (default false). */
  readonly color?: boolean | undefined;
}

function title({ report, violation }: FailureInput): string {
  return `${ascii(report.scenario)}: ${violation.kind}: ${asciiLines(violation.message).join(' / ')}`;
}

/** Which orderings lead to the failure and how rare it is, after an empty line; nothing where nobody asked. @internal */
export function renderExplanation({ explanation }: Violation, width: number): string[] {
  if (explanation === undefined) return [];
  return ['', ...explanationLines(explanation).flatMap((line) => wrap(ascii(line), width, '  '))];
}

/**
 * The standard failure report: what failed, how it was found, the steps that lead to it, the orderings that do and how rare it is where that
 * is known, and last the line to paste that replays it.
 * Plain ASCII of at most `width` columns, except for that line, which is never broken.
 *
 * @internal
 */
export function renderFailure(input: FailureInput, options: FailureOptions = {}): string {
  const { report, violation } = input;
  const width = widthOf(options);
  const paint = palette(options.color);
  const details = renderDetails(violation, width);
  return [
    ...wrap(title(input), width, '    ').map(paint.strong),
    ...wrap(`${executionsText(report)}; ${searchText(report)}`, width, '    '),
    ...shapeLines(violation),
    '',
    renderExecution(violation.events, { ...options, violation }),
    ...(details.length === 0 ? [] : ['', ...details]),
    ...renderExplanation(violation, width),
    '',
    'To replay it:',
    input.replayLine,
  ].join('\n');
}
