/**
 * Matchers for vitest. Import `qomcheck/vitest` in a set-up file:
 *
 *     expect(scenario).toBeVerified(options?)
 *     expect(scenario).toPass(options?)
 *     expect(scenario).toViolate(kind, options?)
 *
 * @packageDocumentation
 */
import { expect } from 'vitest';
import type { ViolationKind } from '../engine/violation.js';
import type { ExploreOptions } from '../explore/options.js';
import { checkPass, checkVerified, checkViolation } from './matchers.js';

/** What this module adds to `expect`. @public */
export interface ScenarioMatchers {
  /** Every execution within the bounds is explored and none fails. A search that its budget ends fails the test. */
  toBeVerified(options?: ExploreOptions): void;
  /** No execution that the search sees fails. */
  toPass(options?: ExploreOptions): void;
  /**
   * The search finds a violation of this kind. Where the first one found is of another kind and `stopAfter` is not given, the
   * search goes on.
   */
  toViolate(kind: ViolationKind, options?: ExploreOptions): void;
}

declare module 'vitest' {
  // As vitest declares it: the type parameter too.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any, @typescript-eslint/no-empty-object-type, @typescript-eslint/no-unused-vars
  interface Matchers<T = any> extends ScenarioMatchers {}
}

expect.extend({
  toBeVerified: (received: unknown, options?: ExploreOptions) => checkVerified(received, options),
  toPass: (received: unknown, options?: ExploreOptions) => checkPass(received, options),
  toViolate: (received: unknown, kind: ViolationKind, options?: ExploreOptions) =>
    checkViolation(received, kind, options),
});
