import { describe, expect, test } from 'vitest';
import type { Selected } from '../../src/cli/catalogue/selected.js';
import { show } from '../../src/cli/start/show.js';
import { type Sim, scenario } from '../../src/index.js';

function counter(
  name: string,
  claim: string,
  atOnce: boolean,
  difference?: Selected['difference'],
): Selected {
  const setup = (sim: Sim): void => {
    const x = sim.atomic('x', 0);
    for (const thread of ['A', 'B']) {
      sim.thread(thread, function* () {
        if (atOnce) yield* x.fetchAdd(1);
        else yield* x.store((yield* x.load()) + 1);
      });
    }
    sim.finally(() => sim.assert(x.peek() === 2, 'an update was lost'));
  };
  const made = scenario(name, setup, { description: `of ${name.split('/').pop() ?? ''}` });
  const expects = claim === 'verified' ? claim : [claim as 'assertion'];
  return { scenario: made, claim: { expects, who: '', where: '' }, difference, options: {} };
}

function shown(
  selected: readonly Selected[],
  interrupted = false,
): { readonly code: number; readonly text: string } {
  let text = '';
  const terminal = {
    out: (more: string) => (text += more),
    log: () => undefined,
    progress: () => undefined,
    outIsTerminal: false,
    columns: undefined,
    env: {},
    self: 'npx qomcheck',
    interrupted: () => interrupted,
  };
  const code = show('What was found:', selected, terminal, false);
  return { code, text };
}

const lost = { found: ['assertion'], because: 'the load and the store are two steps' } as const;

describe('the main job', () => {
  test('should show verdicts by design and hazard, and one counter-example', async () => {
    const { code, text } = shown([
      counter('family/plain/two', 'assertion', false),
      counter('family/plain/pair', 'verified', false, lost),
      counter('family/plain/twins', 'verified', false, lost),
      counter('family/atomic/two', 'verified', true),
      counter('family/atomic/twins', 'verified', true),
    ]);
    expect(code).toBe(0);
    const [table, example] = text.split('\nOne of the failures, step by step:\n\n');
    await expect(table).toMatchFileSnapshot('golden/start.txt');
    expect(example).toMatch(/^family\/plain\/pair: assertion: an update was lost\n/);
    expect(example).toMatch(/\n4 steps, 1 preemption .*\nproven minimal/);
    expect(example).toMatch(/\nnpx qomcheck replay 'family\/plain\/pair' q1\.\S+\n$/);
  });

  test('should fail when what is found is neither the claim nor the recorded difference', () => {
    const { code, text } = shown([
      counter('family/plain/two', 'verified', false),
      counter('family/atomic/two', 'I4', true, lost),
    ]);
    expect(code).toBe(1);
    expect(text).toMatch(/\nplain +fail!\natomic +ok!\n/);
    expect(text).toMatch(/\n! plain a: claimed verified, found assertion\.\n/);
    expect(text).toMatch(/\n! atomic a: claimed I4, found verified\.\n/);
    expect(text).toMatch(/found is as claimed in 0; otherwise in 2 without one \(!\)\./);
  });

  test('should say within which bounds something is verified', () => {
    const one = counter('family/atomic/two', 'verified', true);
    const options = { strategy: 'dfs', preemptions: 1, delays: 3 } as const;
    const { code, text } = shown([{ ...one, options }]);
    expect(text).toMatch(/\natomic +ok\/1\/d3\n/);
    expect(text).toMatch(/ok\/N = within N preemptions; ok\/dN = within\s+N delays\./);
    expect(code).toBe(0);
  });

  test('should not take what is verified within bounds for a claim refuted', () => {
    const one = counter('family/plain/two', 'assertion', false);
    const { code, text } = shown([{ ...one, options: { strategy: 'dfs', preemptions: 0 } }]);
    expect(text).toMatch(/as claimed in 0; not decided in 1\./);
    expect(code).toBe(3);
  });

  test('should be inconclusive when a search does not get through', () => {
    const one = counter('family/atomic/two', 'verified', true);
    const { code, text } = shown([{ ...one, options: { strategy: 'dfs', maxExecutions: 1 } }]);
    expect(text).toMatch(/\natomic +\?\n[^]*\? = not decided in the time given/);
    expect(text).toMatch(/as claimed in 0; not decided in 1\./);
    expect(code).toBe(3);
  });

  test('should show what it has when interrupted', () => {
    const one = counter('family/atomic/two', 'verified', true);
    const { code, text } = shown([one, one], true);
    expect(text).toMatch(/Interrupted: 1 of 2 scenarios not explored\.\n$/);
    expect(code).toBe(130);
  });
});
