import type { Violation } from '../replay/violation.js';
import { count } from './numbers.js';

/**
 * How long and how intricate an execution is, and on a line of its own what is known about simpler ones: `4 steps, 1 preemption
 * (marked *)`, `proven minimal: no schedule with 0 preemptions fails so (42 executions)`.
 *
 * @internal
 */
export function shapeLines({ steps, preemptions, minimized }: Violation): readonly string[] {
  const marked = preemptions === 0 ? '' : ' (marked *)';
  const shape = `${count(steps, 'step')}, ${count(preemptions, 'preemption')}${marked}`;
  if (minimized === undefined) return [shape];
  const effort = `(${count(minimized.executions, 'execution')})`;
  if (!minimized.provenMinimal) return [shape, `minimised, not proven minimal ${effort}`];
  if (preemptions === 0) return [shape, `proven minimal ${effort}`];
  const fewer = preemptions === 1 ? '0 preemptions' : 'fewer preemptions';
  return [shape, `proven minimal: no schedule with ${fewer} fails so ${effort}`];
}
