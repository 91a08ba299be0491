import { describe, expect, test } from 'vitest';
import type { Selected } from '../../src/cli/catalogue/selected.js';
import { show } from '../../src/cli/start/show.js';
import { scenario } from '../../src/index.js';

function counter(name: string, claim: string, atOnce: boolean): Selected {
  const made = scenario(name, (sim) => {
    const x = sim.atomic('x', 0);
    for (const thread of ['A', 'B']) {
      sim.thread(thread, function* () {
        if (atOnce) yield* x.fetchAdd(1);
        else yield* x.store((yield* x.load()) + 1);
      });
    }
    sim.finally(() => sim.assert(x.peek() === 2, 'an update was lost'));
  });
  return { scenario: made, claim, options: { strategy: 'dfs', preemptions: 2 } };
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
  const code = show(selected, terminal, false);
  return { code, text };
}

describe('the main job', () => {
  test('should show verdicts beside claims, and one counter-example', async () => {
    const { code, text } = shown([
      counter('family/plain/two', 'assertion', false),
      counter('family/atomic/two', 'verified', true),
    ]);
    expect(code).toBe(0);
    const [table, example] = text.split('One of the failures, step by step:\n\n');
    await expect(table).toMatchFileSnapshot('golden/start.txt');
    expect(example).toMatch(/^family\/plain\/two: assertion: an update was lost\n/);
    expect(example).toMatch(/\nnpx qomcheck replay 'family\/plain\/two' q1\.\S+\n$/);
  });

  test('should fail when a claim differs, and mark it', () => {
    const { code, text } = shown([
      counter('family/plain/two', 'verified', false),
      counter('family/atomic/two', 'deadlock', true),
    ]);
    expect(code).toBe(1);
    expect(text).toMatch(/\n! two +verified +assertion /);
    expect(text).toMatch(/\n! two +deadlock +verified /);
    expect(text).toMatch(/differs from 2 claims \(marked !\)/);
  });

  test('should be inconclusive when a search does not get through', () => {
    const one = counter('family/atomic/two', 'verified', true);
    const { code, text } = shown([{ ...one, options: { maxExecutions: 1 } }]);
    expect(text).toMatch(/verified +inconclusive/);
    expect(text).toMatch(/Not decided: 1 claim\./);
    expect(code).toBe(3);
  });

  test('should show what it has when interrupted', () => {
    const one = counter('family/atomic/two', 'verified', true);
    const { code, text } = shown([one, one], true);
    expect(text).toMatch(/Interrupted: 1 of 2 scenarios not explored\.\n$/);
    expect(code).toBe(130);
  });
});
