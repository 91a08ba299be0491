/** What JavaScript calls the things that a call returns when it leaves its work for later. */
const kinds: Readonly<Record<string, string>> = {
  Promise: 'a promise',
  Generator: 'a generator',
  AsyncGenerator: 'an async generator',
};

/**
 * What a call left undone, in words: an async function returns a promise at its first `await`, and of a generator function nothing
 * runs at all. A check that is written so always holds.
 *
 * @param made - what the call returned
 * @returns undefined when the call is over
 */
export function undone(made: unknown): string | undefined {
  if (typeof made !== 'object' || made === null) return undefined;
  const tag = (made as { readonly [Symbol.toStringTag]?: unknown })[Symbol.toStringTag];
  if (typeof tag !== 'string' || !Object.hasOwn(kinds, tag)) return undefined;
  // Nobody waits for it: what it fails with must not end the process.
  if (made instanceof Promise) made.catch(() => undefined);
  return kinds[tag];
}

/** Whether calling the body of a thread gave what steps can be taken from. */
export function isGenerator(made: unknown): boolean {
  const generator = made as { next?: unknown; [Symbol.toStringTag]?: unknown } | null | undefined;
  return (
    typeof generator?.next === 'function' && generator[Symbol.toStringTag] !== 'AsyncGenerator'
  );
}
