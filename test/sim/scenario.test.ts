import { describe, expect, it } from 'vitest';
import {
  explore,
  minimize,
  replay,
  type Scenario,
  UsageError,
  type Violation,
} from '../../src/index.js';

describe('what is not a scenario', () => {
  const none = undefined as unknown as Scenario;
  const noToken = { kind: 'assertion', token: 'q1' } as Violation;

  it.each([
    ['explore', () => explore(none)],
    ['explore', () => explore({} as Scenario)],
    ['replay', () => replay(none, 'q1')],
    ['minimize', () => minimize(none, noToken)],
  ])('should be refused in one sentence by %s', (_name, call) => {
    expect(call).toThrow(UsageError);
    expect(call).toThrow('expected a scenario, which scenario(name, setup) makes');
  });
});
