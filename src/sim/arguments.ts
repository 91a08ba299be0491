import type { Execution } from '../engine/execution.js';
import type { ThreadOptions } from '../engine/thread.js';

/** What must be a function is one: nobody checks the types of a scenario that is run from its TypeScript. */
export function checkFunction(execution: Execution, what: string, value: unknown): void {
  if (typeof value !== 'function') {
    throw execution.misuse(`${what} must be a function, not ${described(value)}`);
  }
}

/** Reports, tokens and deadlocks know things by their names. */
export function checkName(execution: Execution, what: string, name: unknown): void {
  if (typeof name !== 'string' || name === '') {
    throw execution.misuse(
      `the name of ${what} must be a text that is not empty, not ${described(name)}`,
    );
  }
}

/** Refuses what is no text where a reader is told something. */
export function checkText(execution: Execution, what: string, text: unknown): void {
  if (typeof text !== 'string') {
    throw execution.misuse(`${what} must be a text, not ${described(text)}`);
  }
}

const threadOptions: ReadonlySet<string> = new Set(['daemon', 'service']);

/** A misspelt option would make an ordinary thread of a daemon. */
export function checkThreadOptions(
  execution: Execution,
  name: string,
  options: ThreadOptions,
): void {
  for (const option of Object.keys(options)) {
    if (threadOptions.has(option)) continue;
    throw execution.misuse(
      `thread "${name}" has no option "${option}"; the options are ${[...threadOptions].join(', ')}`,
    );
  }
}

/** A value in a few words; anything may be given, so nothing of it is called. */
function described(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `"${value}"`;
    case 'function':
      return 'a function';
    case 'object':
      return value === null ? 'null' : 'an object';
    default:
      return String(value);
  }
}
