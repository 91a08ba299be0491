import { describe, expect, test } from 'vitest';
import { pairs } from '../../../scenarios/matrix.js';
import { layoutOf } from '../../../src/cli/matrix/layout.js';
import { tableLines } from '../../../src/cli/matrix/table.js';
import { explore, scenario } from '../../../src/index.js';

/** The lines of a table of one design that fails under the last of so many hazards. */
function tableOf(hazards: number, length: number, width: number): string[] {
  const names = Array.from({ length: hazards }, (_, i) => `${i + 1}`.padStart(length, '0'));
  const entries = pairs({
    family: 'f',
    designs: [{ id: 'D1', name: 'd', who: 'w', where: 'w', summary: 's' }],
    hazards: names.map((name) => ({ name, title: name, description: 's' })),
    build: (_, hazard, name) =>
      scenario(name, (sim) => {
        if (hazard.name === names.at(-1)) sim.finally(() => sim.fail('no'));
      }),
  });
  const cells = entries.map((entry) => {
    const report = explore(entry.scenario);
    return { entry, report, examples: report.violations };
  });
  const family = { name: 'f', question: 'Why?', entries };
  return tableLines(layoutOf({ family, cells }), width, (_, text) => text);
}

describe('tableLines', () => {
  test('should name columns where there is room', () => {
    expect(tableOf(3, 5, 30)).toEqual([
      '       00001   00002   00003',
      'D1 d   ok~     ok~     fail~',
    ]);
  });

  test('should use letters where there is none', () => {
    expect(tableOf(3, 20, 60)).toEqual(['       a     b     c', 'D1 d   ok~   ok~   fail~']);
  });

  test('should go on below when the letters do not fit, and after z', () => {
    const lines = tableOf(28, 20, 60);
    expect(lines).toHaveLength(8);
    expect(lines.every((line) => line.length <= 60)).toBe(true);
    const headings = lines.filter((line) => line.startsWith(' ')).join(' ');
    expect(headings.trim().split(/ +/).slice(24)).toEqual(['y', 'z', 'aa', 'ab']);
  });
});
