import type { ExecutionView } from '../engine/scheduler.js';
import type { SimThread } from '../engine/thread.js';

/** Whether the thread that took the previous step could go on. */
export function canGoOn({ last, enabled, enabledCount }: ExecutionView): boolean {
  if (last === undefined || last.ended) return false;
  for (let i = 0; i < enabledCount; i++) if (enabled[i] === last) return true;
  return false;
}

/** Whether a step of this thread would preempt another: a switch away from a thread that could go on. */
export function preempts(view: ExecutionView, thread: SimThread): boolean {
  return thread !== view.last && canGoOn(view);
}
