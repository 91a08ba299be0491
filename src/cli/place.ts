import { displayPlace, isHarness, placesIn } from '../engine/location.js';

const dependency = /[/\\]node_modules[/\\]/;

/** file:line of the code nearest to an error that is neither the harness's own nor a dependency's; undefined when there is none. */
export function placeOf(error: unknown): string | undefined {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  for (const place of placesIn(stack)) {
    if (!isHarness(place.path) && !dependency.test(place.path)) return displayPlace(place);
  }
  return undefined;
}
