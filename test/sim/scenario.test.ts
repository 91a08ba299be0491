import { describe, expect, it } from 'vitest';
import {
  explain,
  explore,
  minimize,
  replay,
  type Scenario,
  scenario,
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
    ['explain', () => explain(none, noToken)],
  ])('should be refused in one sentence by %s', (_name, call) => {
    expect(call).toThrow(UsageError);
    expect(call).toThrow('expected a scenario, which scenario(name, setup) makes');
  });
});

const empty = scenario('empty', () => undefined);

describe('what is not a violation', () => {
  it.each([
    ['minimize', () => minimize(empty, undefined as unknown as Violation)],
    ['explain', () => explain(empty, {} as Violation)],
  ])('should be refused in one sentence by %s', (_name, call) => {
    expect(call).toThrow(UsageError);
    expect(call).toThrow('expected a violation, which the report of explore lists');
  });
});

describe('options that are no object', () => {
  const none = null as unknown as object;
  const violation = { kind: 'assertion', property: 'no', token: 'q1' } as Violation;

  it.each([
    ['explore', () => explore(empty, none)],
    ['replay', () => replay(empty, 'q1', none)],
    ['minimize', () => minimize(empty, violation, none)],
    ['explain', () => explain(empty, violation, none)],
  ])('should be refused in one sentence by %s', (name, call) => {
    expect(call).toThrow(UsageError);
    expect(call).toThrow(`the options of ${name} must be an object, not null`);
  });
});
