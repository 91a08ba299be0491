import type { Explanation, Fact } from './explanation.js';

/** `a`, `a, and b`, `a, b, and c`. */
function listed(facts: readonly Fact[]): string {
  const texts = facts.map(({ text }) => text);
  const last = texts.pop();
  return texts.length === 0 ? String(last) : `${texts.join(', ')}, and ${String(last)}`;
}

/** What sets the failing traces apart, in one sentence. */
export function sentenceOf(
  found: Pick<Explanation, 'causes' | 'exhausted' | 'traces' | 'failing'>,
): string {
  const { causes, exhausted, traces, failing } = found;
  const notKnown = 'Which orderings lead to it was not found within the limits';
  if (!exhausted) return `${notKnown}: ${traces} traces were explored, and there are more.`;
  if (failing === 0) return `${notKnown}: no trace that was explored has it.`;
  const [first, ...more] = causes;
  if (first === undefined) return 'No few orderings tell the executions that fail from the others.';
  if (first.length === 0) return 'Fails in every order of steps.';
  if (more.length === 0) return `Fails exactly when ${listed(first)}.`;
  const all = causes.map((cause, i) => `(${i + 1}) ${listed(cause)}`);
  return `Fails exactly when one of these holds: ${all.join('; ')}.`;
}
