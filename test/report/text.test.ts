import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explore, type Report, replay, scenario, type Violation } from '../../src/index.js';
import { renderExecution, renderFailure, renderHeadline } from '../../src/report/text.js';
import { anyEvents, anyReport, anyViolation } from './arbitraries.js';
import { reportWith } from './fixture.js';

/** Numbers of the steps that a printed execution shows, and how many it says it leaves out. */
function accountOf(text: string): { shown: number[]; leftOut: number } {
  const shown: number[] = [];
  let leftOut = 0;
  for (const line of text.split('\n')) {
    const step = /^(?:>>| {2}) ([ \d]{2}\d)[* ] {2}/.exec(line);
    const gap = /^ +\.\.\. {3}([\d,]+) steps? left out/.exec(line);
    if (step !== null) shown.push(Number(step[1]));
    if (gap !== null) leftOut += Number((gap[1] as string).replaceAll(',', ''));
  }
  return { shown, leftOut };
}

// eslint-disable-next-line no-control-regex -- what is to be removed
const escapes = /\u001b\[\d+m/g;

describe('an execution', () => {
  test('should be plain ASCII, never wider than asked', () => {
    fc.assert(
      fc.property(anyEvents, fc.integer({ min: 60, max: 140 }), (events, width) => {
        for (const line of renderExecution(events, { width }).split('\n')) {
          expect(line).toMatch(/^[ -~]*$/);
          expect(line.length).toBeLessThanOrEqual(width);
          expect(line).not.toMatch(/ $/);
        }
      }),
    );
  });

  test('should show or count every step, in order', () => {
    fc.assert(
      fc.property(anyViolation, (violation) => {
        const { shown, leftOut } = accountOf(renderExecution(violation.events, { violation }));
        expect(shown).toEqual([...new Set(shown)].sort((a, b) => a - b));
        expect(shown.length + leftOut).toBe(violation.events.length);
      }),
    );
  });

  test('should show every step when asked to', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        const { shown, leftOut } = accountOf(renderExecution(events, { whole: true }));
        expect(shown).toEqual(events.map((event) => event.index));
        expect(leftOut).toBe(0);
      }),
    );
  });

  test('should say the same without colour as with it', () => {
    fc.assert(
      fc.property(anyViolation, (violation) => {
        const plain = renderExecution(violation.events, { violation });
        const coloured = renderExecution(violation.events, { violation, color: true });
        const stripped = coloured.replace(escapes, '').split('\n');
        expect(stripped.map((line) => line.trimEnd()).join('\n')).toBe(plain);
      }),
    );
  });

  test('should mark the failing step, the last, and no other', () => {
    fc.assert(
      fc.property(anyViolation, (violation) => {
        const marked = renderExecution(violation.events, { violation })
          .split('\n')
          .filter((line) => line.startsWith('>>'));
        expect(marked).toHaveLength(1);
        if (violation.thread !== '') {
          expect(marked[0]).toMatch(new RegExp(`^>> +${violation.events.length}[* ]`));
        }
      }),
    );
  });

  test('should keep preemptions and the steps on the object of a long failure', () => {
    const long = scenario('long', (sim) => {
      const device = sim.block('device');
      const irq = device.atomic('irq', 0);
      const noise = sim.atomic('noise', 0);
      sim.thread('user', function* () {
        yield* irq.store(1);
        for (let i = 0; i < 100; i++) yield* noise.fetchAdd(1);
        yield* irq.store(2);
      });
      sim.thread('owner', function* () {
        yield* sim.free(device);
        for (let i = 0; i < 100; i++) yield* noise.fetchAdd(1);
      });
    });
    const report = explore(long, { strategy: 'dfs', delays: 1, stopAfter: 1 });
    const violation = report.violations[0] as Violation;
    const text = renderExecution(violation.events, { violation });
    expect(violation.steps).toBeGreaterThan(100);
    expect(text.split('\n').length).toBeLessThan(60);
    expect(text).toMatch(/^ +1 .*store device\.irq := 1/m);
    expect(text).toContain('free device');
    const { shown } = accountOf(text);
    for (const event of violation.events) {
      if (event.preempts) expect(shown).toContain(event.index);
    }
  });
});

describe('a long execution', () => {
  test('should tell of the life of what was used, and not of its other parts', () => {
    const used = scenario('used', (sim) => {
      const device = sim.block('device');
      const irq = device.atomic('irq', 0);
      const data = device.atomic('data', 0);
      const ref = device.refcount('ref', 2);
      sim.thread('A', function* () {
        yield* irq.store(1);
        for (let i = 0; i < 5; i++) yield* sim.pause();
        for (let i = 0; i < 10; i++) yield* data.store(i);
        yield* ref.put('for bus');
        for (let i = 0; i < 60; i++) yield* sim.pause();
        yield* sim.free(device);
        for (let i = 0; i < 20; i++) yield* sim.pause();
        yield* irq.load();
      });
    });
    const [violation] = explore(used).violations;
    const text = renderExecution(violation?.events ?? [], { violation: violation as Violation });
    expect(text).toContain('store device.irq := 1');
    expect(text).toContain('put device.ref -> 1 (for bus)');
    expect(text).toContain('free device');
    expect(text).not.toContain('device.data');
  });
});

describe('a check that names locks', () => {
  test('should be shown where they were taken', () => {
    const ordered = scenario('ordered', (sim) => {
      const a = sim.mutex('a');
      const b = sim.mutex('b');
      sim.thread('A', function* () {
        for (let i = 0; i < 5; i++) yield* sim.pause();
        yield* a.lock();
        for (let i = 0; i < 5; i++) yield* sim.pause();
        yield* b.lock();
        for (let i = 0; i < 60; i++) yield* sim.pause();
        sim.fail('order: a, then b');
      });
    });
    const [violation] = explore(ordered).violations;
    const text = renderExecution(violation?.events ?? [], { violation: violation as Violation });
    expect(text).toMatch(/ 6 +lock a /);
    expect(text).toMatch(/ 12 +lock b /);
  });
});

describe('what a thread does before there are others', () => {
  test('should be counted, but for the making of what the failure is about', () => {
    const booted = scenario('booted', (sim) => {
      sim.thread('main', function* () {
        const noise = sim.atomic('noise', 0);
        const device = yield* sim.alloc('device');
        const irq = device.atomic('irq', 0);
        for (let i = 0; i < 60; i++) yield* irq.store(i);
        yield* noise.store(1);
        yield* sim.spawn('user', function* () {
          yield* irq.load();
        });
        yield* sim.free(device);
      });
    });
    const [violation] = explore(booted).violations;
    const text = renderExecution(violation?.events ?? [], { violation: violation as Violation });
    expect(text).toContain('alloc device');
    expect(text).toContain('52 steps left out: main 52');
    expect(text).toContain('spawn user');
  });

  test('should be told where it counts references on what a check names', () => {
    const leaking = scenario('leaking', (sim) => {
      const ref = sim.block('device').refcount('ref', 1);
      const another = sim.block('device2').refcount('ref', 1);
      sim.finally(() => sim.assert(ref.peek() === 0, 'device is held'));
      sim.thread('main', function* () {
        for (let i = 0; i < 30; i++) yield* sim.pause();
        yield* ref.get('for bus');
        yield* another.get('for bus');
        for (let i = 0; i < 30; i++) yield* sim.pause();
        yield* sim.spawn('user', function* () {
          yield* ref.put();
        });
      });
    });
    const [violation] = explore(leaking).violations;
    const text = renderExecution(violation?.events ?? [], { violation: violation as Violation });
    expect(text).toContain('get device.ref -> 2 (for bus)');
    expect(text).toMatch(/put device\.ref -> 1 /);
    expect(text).not.toContain('get device2.ref');
  });
});

describe('notes', () => {
  const noisy = (notes: number): string => {
    const { violations } = explore(
      scenario('noisy', (sim) => {
        sim.thread('A', function* () {
          for (let i = 1; i <= notes; i++) {
            yield* sim.pause();
            sim.log(`note ${i}`);
          }
          for (let i = 0; i < 60; i++) yield* sim.pause();
          sim.fail('end');
        });
      }),
    );
    return renderExecution(violations[0]?.events ?? [], { violation: violations[0] as Violation });
  };

  test('should be told of steps that are left out', () => {
    const text = noisy(9);
    expect(text).toMatch(/ steps left out: A \d+\n +# note 4\n +# note 5\n/);
    expect(text).toContain('# note 9');
  });

  test('should be counted where they are many, but for the last', () => {
    const text = noisy(40);
    expect(text).toMatch(/# \.\.\. 25 more\n +# note 29\n/);
    expect(text).not.toContain('# note 28\n');
    expect(text).toContain('# note 40');
  });
});

describe('a failure', () => {
  test('should be plain ASCII of at most 100 columns, and end in the line to paste', () => {
    fc.assert(
      fc.property(anyReport, anyViolation, (report, violation) => {
        const replayLine = `npx qomcheck replay name ${'0-AAA.'.repeat(40)}`;
        const lines = renderFailure({ report, violation, replayLine }).split('\n');
        expect(lines.pop()).toBe(replayLine);
        for (const line of lines) {
          expect(line).toMatch(/^[ -~]*$/);
          expect(line.length).toBeLessThanOrEqual(100);
        }
      }),
    );
  });

  test('should name the child that fails before its first step', () => {
    const parent = scenario('parent', (sim) => {
      sim.thread('parent', function* () {
        yield* sim.spawn('child', function* () {
          sim.fail('stillborn');
        });
      });
    });
    const report = explore(parent, { strategy: 'dfs' });
    const violation = report.violations[0] as Violation;
    const text = renderFailure({ report, violation, replayLine: '' });
    expect(text).toContain('<-- assertion in child');
  });

  test('should say what a thread read that threw for it', () => {
    const throwing = scenario('throwing', (sim) => {
      const x = sim.atomic<{ size: number } | null>('x', null);
      const y = sim.atomic('y', 5);
      sim.thread('A', function* () {
        const device = yield* x.load();
        yield* y.store((device as { size: number }).size);
      });
      sim.thread('B', function* () {
        yield* y.update(() => {
          throw new Error('no change');
        });
      });
    });
    const { violations, ...report } = explore(throwing, { strategy: 'dfs', stopAfter: Infinity });
    const texts = violations.map((violation) =>
      renderFailure({ report: { ...report, violations }, violation, replayLine: '' }),
    );
    expect(texts.find((text) => text.includes('TypeError'))).toContain('load x = null  <--');
    expect(texts.find((text) => text.includes('no change'))).toContain('update y  <--');
  });

  test('should mark the step of a thread that shares its name', () => {
    const twins = scenario('twins', (sim) => {
      for (let i = 0; i < 2; i++) {
        sim.thread('twin', function* () {
          yield* sim.pause();
          if (i === 1) sim.fail('the second');
        });
      }
    });
    const report = explore(twins, { strategy: 'dfs' });
    const violation = report.violations[0] as Violation;
    const text = renderFailure({ report, violation, replayLine: '' });
    expect(text).toMatch(/pause {2}<-- assertion( |$)/m);
    expect(text).toContain('twin#2');
  });

  test('should say nothing of when a lock was taken that a wait gave back in between', () => {
    const monitor = scenario('monitor', (sim) => {
      const lock = sim.mutex('lock');
      const other = sim.mutex('other');
      const filled = sim.condition('filled', lock);
      sim.thread('A', function* () {
        yield* lock.lock();
        yield* filled.wait();
        yield* other.lock();
      });
      sim.thread('B', function* () {
        yield* lock.lock();
        yield* filled.signal();
        yield* lock.unlock();
        yield* other.lock();
        yield* lock.lock();
      });
    });
    const report = explore(monitor, { strategy: 'dfs', stopAfter: Infinity });
    const cyclic = report.violations.find(({ property }) => property === 'lock, other');
    const text = renderFailure({ report, violation: cyclic as Violation, replayLine: '' });
    expect(text).toMatch(/B holds other since step \d+ \(lock\)/);
    expect(text).not.toContain('A holds lock');
  });
});

describe('a passing execution', () => {
  test('should be printed without a mark', () => {
    const calm = scenario('calm', (sim) => {
      const x = sim.atomic('x', 0);
      sim.thread('A', function* () {
        yield* x.store(1);
        sim.fail('here');
      });
    });
    const { token } = explore(calm, { strategy: 'dfs' }).violations[0] as Violation;
    const { events } = replay(calm, token);
    const text = renderExecution(events);
    expect(text).toMatch(/^ +1 {3}store x := 1/m);
    expect(text).not.toContain('>>');
  });
});

describe('the headline', () => {
  const cases: [Partial<Report>, string][] = [
    [{}, 'lost-update: verified; 1,234,567 executions; dfs'],
    [
      { bounds: { preemptions: 2, delays: null } },
      'lost-update: verified within 2 preemptions; 1,234,567 executions; dfs',
    ],
    [
      { bounds: { preemptions: 1, delays: 3 }, executions: 1 },
      'lost-update: verified within 1 preemption and 3 delays; 1 execution; dfs',
    ],
    [
      { verdict: 'passed', complete: false },
      'lost-update: passed (the budget ended before the search); 1,234,567 executions; dfs',
    ],
    [
      { verdict: 'passed', complete: false, strategy: 'random' },
      'lost-update: passed (a sample, not every execution); 1,234,567 executions; random, seed 7',
    ],
    [
      { verdict: 'violated', failing: 1000, bounds: { preemptions: 2, delays: null } },
      'lost-update: violated; 1,000 of 1,234,567 executions failed (all explored within 2 preemptions); dfs',
    ],
  ];
  test.each(cases)(
    'should say verdict, bounds, executions and strategy: %j',
    (change, expected) => {
      expect(renderHeadline(reportWith(change))).toBe(expected);
    },
  );

  test('should be one line of ASCII', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        expect(renderHeadline(report)).toMatch(/^[ -~]*$/);
      }),
    );
  });
});
