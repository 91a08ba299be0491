import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callSite, displayPath } from '../../src/engine/location.js';
import { exploreAll } from '../sim/support.js';

describe('displayPath', () => {
  it('should be relative below the working directory only', () => {
    expect(displayPath(resolve('models', 'a', 'b.ts'))).toBe('models/a/b.ts');
    expect(displayPath(resolve('..', 'elsewhere.ts'))).toBe(resolve('..', 'elsewhere.ts'));
    expect(displayPath(process.cwd())).toBe(process.cwd());
  });
});

describe('callSite', () => {
  /** A routine within a routine, so often. */
  function deep(levels: number): string {
    return levels === 0 ? callSite() : deep(levels - 1);
  }

  it('should be the line of the nearest caller outside the harness, each time', () => {
    const sites = [0, 1].map(() => callSite());
    expect(sites[1]).toBe(sites[0]);
    expect(sites[0]).toMatch(/^test\/engine\/location\.test\.ts:\d+$/);
    expect(callSite()).not.toBe(sites[0]);
    const line = Number(callSite().split(':')[1]);
    expect(Number(callSite().split(':')[1])).toBe(line + 1);
    expect(deep(3)).toBe(deep(7));
  });

  it('should leave the stack traces of others alone', () => {
    const { stackTraceLimit } = Error;
    const prepare = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace')?.value as unknown;
    try {
      Error.stackTraceLimit = 3;
      callSite();
      expect(Error.stackTraceLimit).toBe(3);
      const now = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace')?.value as unknown;
      expect(now).toBe(prepare);
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  });

  it('should tell apart what threads do by the same helper', () => {
    const { violations } = exploreAll((sim) => {
      const x = sim.atomic('x', 0);
      const add = (): ReturnType<typeof x.fetchAdd> => x.fetchAdd(1);
      sim.thread('A', function* () {
        yield* add();
        yield* add();
        yield* x.load();
        sim.fail('look');
      });
    });
    const places = violations[0]?.events.map(({ location }) => location) ?? [];
    expect(places).toHaveLength(3);
    expect(places[1]).toBe(places[0]);
    const [helper, own] = [places[0], places[2]].map((place) => Number(place?.split(':')[1]));
    expect(Number(own) - Number(helper)).toBe(4);
    for (const place of places) expect(place).toContain(join('engine', 'location.test.ts'));
  });
});
