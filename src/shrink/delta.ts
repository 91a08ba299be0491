/**
 * A small part of a list that still passes a test: leaving out any one item more makes it fail, unless the test gave up early.
 * The delta debugging algorithm ddmin (Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", IEEE TSE
 * 28(2), 2002), without its tests of the parts themselves: what makes a failure is seldom in one place.
 *
 * @param test - whether a part still shows the failure; the whole list is taken to
 */
export function deltaDebug<T>(
  items: readonly T[],
  test: (part: readonly T[]) => boolean,
): readonly T[] {
  if (items.length === 0 || test([])) return [];
  let kept = items;
  let parts = 2;
  while (kept.length >= 2) {
    const size = Math.ceil(kept.length / parts);
    let smaller: readonly T[] | undefined;
    for (let from = 0; from < kept.length && smaller === undefined; from += size) {
      const rest = [...kept.slice(0, from), ...kept.slice(from + size)];
      if (test(rest)) smaller = rest;
    }
    if (smaller !== undefined) {
      kept = smaller;
      parts = Math.max(parts - 1, 2);
    } else if (size === 1) break;
    else parts = Math.min(parts * 2, kept.length);
  }
  return kept;
}
