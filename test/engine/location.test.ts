import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callSite, displayPath, placeIn } from '../../src/engine/location.js';
import { exploreAll } from '../sim/support.js';
import * as namesake from './places/engine/execution.js';
import * as twin from './places/twin.js';

describe('displayPath', () => {
  it('should be relative below the working directory only', () => {
    expect(displayPath(resolve('models', 'a', 'b.ts'))).toBe('models/a/b.ts');
    expect(displayPath(resolve('..', 'elsewhere.ts'))).toBe(resolve('..', 'elsewhere.ts'));
    expect(displayPath(process.cwd())).toBe(process.cwd());
  });
});

describe('the place in a stack', () => {
  const harness = resolve('src');
  const place = (...frames: string[]): string =>
    placeIn(['Error', ...frames.map((frame) => `    at ${frame}`)].join('\n'));

  it.each([
    ['/a/b.ts:12:34', '/a/b.ts:12'],
    ['f (/a/b.ts:12:34)', '/a/b.ts:12'],
    ['async f (/a/b.ts:1:2)', '/a/b.ts:1'],
    ['Object.f [as g] (file:///a/b%20c.ts:1:2)', '/a/b c.ts:1'],
    ['f (/a/b.ts?v=1:3:4)', '/a/b.ts:3'],
    ['f (/a?b/c.ts:3:4)', '/a?b/c.ts:3'],
    ['f (/a (1)/b.ts:5:6)', '/a (1)/b.ts:5'],
    ['/a (/1)/b /c.ts:5:6', '/a (/1)/b /c.ts:5'],
    [`f (${resolve('models', 'b.ts')}:7:8)`, 'models/b.ts:7'],
    ['f (C:\\a\\b.ts:12:34)', 'C:\\a\\b.ts:12'],
    ['C:\\a\\b.ts:12:34', 'C:\\a\\b.ts:12'],
  ])('should be found in %s', (frame, expected) => {
    expect(place(frame)).toBe(expected);
  });

  it.each([
    'Array.forEach (<anonymous>)',
    'node:internal/process/task_queues:105:5',
    'EventEmitter.emit (node:events:518:28)',
    'eval (eval at f (/a/b.ts:1:2), <anonymous>:1:1)',
    `f (${harness}/sim/atomic.ts:1:2)`,
  ])('should not be %s', (frame) => {
    expect(place(frame, 'g (/a/b.ts:12:34)')).toBe('/a/b.ts:12');
  });

  it('should not be looked for in what an error says', () => {
    expect(placeIn('Error: bad (/c.ts:3:4)\nat /d.ts:5:6\n    at f (/a/b.ts:1:2)')).toBe(
      '/a/b.ts:1',
    );
  });

  it('should not be looked for below the frame that runs threads', () => {
    const runs = 'f (/src/engine/execution.ts:1:2)';
    expect(place(`f (${harness}/sim/atomic.ts:1:2)`)).toBe('');
    expect(place(`f (${harness}/engine/execution.ts:1:2)`, 'g (/a/b.ts:3:4)')).toBe('');
    expect(place(`f (${harness}/engine/executions/b.ts:1:2)`, runs)).toBe(
      '/src/engine/execution.ts:1',
    );
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

  it('should not take files for each other, nor for its own, where all else is alike', () => {
    const places = [namesake, twin].flatMap(({ here }) => here());
    const folder = 'test/engine/places';
    expect(places).toEqual([
      `${folder}/engine/execution.ts:5`,
      `${folder}/engine/execution.ts:6`,
      `${folder}/twin.ts:5`,
      `${folder}/twin.ts:6`,
    ]);
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
