import { spawnSync } from 'node:child_process';
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { mostSevere } from '../../src/cli/exit.js';
import { Screen } from '../../src/cli/host/screen.js';
import { quote, replayLine } from '../../src/cli/output/replay-line.js';
import { tableLines } from '../../src/cli/output/table.js';
import { violatedLines } from '../../src/cli/output/verdict-line.js';
import { explain } from '../../src/cli/program.js';
import { type Terminal, wantsColor, widthOf } from '../../src/cli/terminal.js';
import { explore, type Sim, scenario } from '../../src/index.js';

function terminal(more: Partial<Terminal> = {}): Terminal & { readonly logged: string[] } {
  const logged: string[] = [];
  return {
    logged,
    out: () => undefined,
    log: (text) => logged.push(text),
    progress: () => undefined,
    outIsTerminal: true,
    columns: undefined,
    env: {},
    self: 'qomcheck',
    interrupted: () => false,
    ...more,
  };
}

describe('replayLine', () => {
  test('should quote for a POSIX shell', () => {
    expect(quote("it's")).toBe("'it'\\''s'");
    expect(replayLine('npx qomcheck', 'a/b', 'q1.x')).toBe("npx qomcheck replay 'a/b' q1.x");
    expect(replayLine('qomcheck', '-x', 'q1.x')).toBe("qomcheck replay -- '-x' q1.x");
  });

  test('should not pass a word to a program that is longer than a system allows', () => {
    const token = `q1.${'x'.repeat(200_000)}`;
    const line = replayLine('qomcheck', 'x', token);
    expect(line).toMatch(/^echo q1\.x+ \| .* @\/dev\/stdin$/);
    const counted = spawnSync('sh', { input: line.replace(/\|.*/, '| wc -c'), encoding: 'utf8' });
    expect(counted.stdout.trim()).toBe(String(token.length + 1));
  });
});

describe('wantsColor', () => {
  test.each([
    [{}, undefined, true],
    [{ NO_COLOR: '1' }, undefined, false],
    [{ NO_COLOR: '' }, undefined, true],
    [{ NO_COLOR: '1' }, true, true],
    [{ FORCE_COLOR: '0' }, undefined, false],
    [{ FORCE_COLOR: '1' }, false, false],
    [{ TERM: 'dumb' }, undefined, false],
    [{ TERM: 'dumb', FORCE_COLOR: '' }, undefined, true],
  ])('should decide for %j and the option %s', (env, option, wanted) => {
    expect(wantsColor(terminal({ env }), option)).toBe(wanted);
  });

  test('should be false where there is no terminal, unless forced', () => {
    expect(wantsColor(terminal({ outIsTerminal: false }), undefined)).toBe(false);
    const forced = terminal({ outIsTerminal: false, env: { FORCE_COLOR: '1' } });
    expect(wantsColor(forced, undefined)).toBe(true);
  });
});

test('widthOf should keep reports between 60 and 100 columns', () => {
  const widths = [20, 80, 200, undefined].map((columns) => widthOf(terminal({ columns })));
  expect(widths).toEqual([60, 80, 100, 100]);
});

test('mostSevere should put a violation before an inconclusive search', () => {
  expect(mostSevere([0, 3, 1, 0])).toBe(1);
  expect(mostSevere([0, 3])).toBe(3);
  expect(mostSevere([])).toBe(0);
});

test('tableLines should align columns', () => {
  const columns = [{ title: 'name' }, { title: 'n', align: 'right' }] as const;
  expect(
    tableLines(columns, [
      ['a', '1'],
      ['long name', '23'],
    ]),
  ).toEqual(['name        n', 'a           1', 'long name  23']);
});

test('violatedLines should keep to the width', () => {
  const setup = (sim: Sim): void => {
    sim.thread('A', function* () {
      yield* sim.pause();
      sim.fail('wrong');
    });
  };
  const judged = ['short', 'n'.repeat(30)].map((name) => {
    const made = scenario(name, setup);
    const selected = { scenario: made, claim: undefined, options: {} };
    return { selected, report: explore(made) };
  });
  expect(violatedLines(judged, 30)).toEqual([
    'Violated:',
    '  short  assertion',
    `  ${'n'.repeat(30)}`,
    '      assertion',
    '',
  ]);
  expect(violatedLines([], 30)).toEqual([]);
});

describe('explain', () => {
  test('should take everything unexpected for a mistake of the program, on one line', () => {
    const there = terminal();
    expect(explain(new TypeError('x is not y\nmore'), there)).toBe(70);
    expect(there.logged.join('')).toMatch(
      /^qomcheck: internal error: x is not y; please report .*\n$/,
    );
  });

  test('should show the stack when asked', () => {
    const there = terminal({ env: { DEBUG: '1' } });
    explain(new TypeError('x is not y'), there);
    expect(there.logged.join('')).toMatch(/\n {4}at /);
  });
});

describe('Screen', () => {
  function screen(columns: number): { screen: Screen; text: () => string } {
    const both = Object.assign(new PassThrough(), { columns }) as unknown as NodeJS.WriteStream;
    return { screen: new Screen(both, both), text: () => String(both.read() ?? '') };
  }

  test('should wipe the progress before text', () => {
    const { screen: shown, text } = screen(10);
    shown.write('progress', 'a long line of progress');
    shown.write('out', 'result\n');
    shown.write('log', 'log\n');
    shown.write('progress', '1');
    shown.write('progress', '2\r\n');
    shown.write('progress', '');
    const wipe = '\r\u001b[2K';
    expect(text()).toBe(`a long li${wipe}result\nlog\n1${wipe}2\\u{d}\\n${wipe}`);
  });

  test('should bear a reader that goes away, and remember why else results are lost', () => {
    const [out, log] = [new PassThrough(), new PassThrough()] as unknown as [
      NodeJS.WriteStream,
      NodeJS.WriteStream,
    ];
    const both = new Screen(out, log);
    log.emit('error', new Error('nobody to tell'));
    out.emit('error', Object.assign(new Error('gone'), { code: 'EPIPE' }));
    expect(both.failure).toBeUndefined();
    out.emit('error', new Error('first'));
    out.emit('error', new Error('second'));
    expect(both.failure?.message).toBe('first');
  });
});
