import { describe, expect, it } from 'vitest';
import { shown } from '../../src/engine/shown.js';
import { explore, scenario } from '../../src/index.js';

const cyclic: { self?: unknown } = {};
cyclic.self = cyclic;

describe('a shown value', () => {
  it.each([
    [undefined, undefined],
    [null, null],
    ['text', 'text'],
    [false, false],
    [0, 0],
    [Number.NaN, 'NaN'],
    [-Infinity, '-Infinity'],
    [12n, '12'],
    [Symbol('s'), 'Symbol(s)'],
    [function named() {}, 'named()'],
    [
      (
        () => () =>
          undefined
      )(),
      '[function]',
    ],
    [{ name: 'a card', slots: 3 }, 'a card'],
    [{ name: 3 }, '{name:3}'],
    [{ a: [1, 2] }, '{a:[1,2]}'],
    [{ of: { name: 'a card', slots: 3 }, and: { slots: 4 } }, '{of:"a card",and:{slots:4}}'],
    [{ 'two words': { a: ',"b":' } }, '{"two words":{a:",\\"b\\":"}}'],
    [[function named() {}], '["named()"]'],
    [{ read() {}, write: function other() {} }, '{read(),write:"other()"}'],
    [[{ name: 'a card' }, null, 'x'], '["a card",null,"x"]'],
    [Object.assign([1], { name: 'no name of a list' }), '[1]'],
    [[Object.assign([1], { name: 'nor inside' })], '[[1]]'],
    ['x'.repeat(50), 'x'.repeat(50)],
    [['x'.repeat(36)], `["${'x'.repeat(36)}"]`],
    [['x'.repeat(37)], `["${'x'.repeat(35)}...`],
    [{ toJSON: () => undefined }, '{...}'],
    [cyclic, '{...}'],
    [[cyclic], '[...]'],
    // The value itself and 31 inside it are looked at.
    [new Array(31).fill(''), `[${'"",'.repeat(12)}...`],
    [new Array(32).fill(''), '[...]'],
  ])('should be short and plain: %o', (value, text) => {
    expect(shown(value)).toBe(text);
  });

  it('should be the name of an object of the simulation', () => {
    const report = explore(
      scenario('hands over', (sim) => {
        const lock = sim.mutex('lock');
        const owner = sim.atomic<unknown>('owner', null);
        sim.thread('A', function* () {
          yield* owner.store(lock);
          yield* owner.store([lock]);
          yield* owner.store({ block: sim.block('b'), more: 1 });
          sim.fail('here');
        });
      }),
      { seed: 1 },
    );
    expect(report.violations[0]?.events.map(({ value }) => value)).toEqual([
      'lock',
      '["lock"]',
      'b',
    ]);
  });
});
