import { describe, expect, it } from 'vitest';
import { Pc, QemuClock, QTest, timerInit, timerUpstream } from '../../../models/index.js';
import type { Routine, Sim } from '../../../src/index.js';
import { explore, scenario } from '../../../src/index.js';
import { found } from '../support.js';

/** What is answered to some lines on a pc with a memory module, and what is wrong. */
function answers(lines: readonly string[]): { said: readonly string[]; wrong: string[] } {
  let said: readonly string[] = [];
  const setup = (sim: Sim): void => {
    const pc = new Pc(sim);
    const qtest = new QTest(pc);
    const plug = function* (): Routine {
      const backend = { 'qom-type': 'memory-backend-ram', id: 'm', size: 4096 };
      yield* pc.monitor.execute({ execute: 'object-add', arguments: backend });
      const dimm = { driver: 'pc-dimm', id: 'd', memdev: 'm' };
      yield* pc.monitor.execute({ execute: 'device_add', arguments: dimm });
    };
    pc.start({ boot: plug, commands: lines.map((line) => qtest.line(line)) });
    sim.finally(() => {
      said = qtest.said;
    });
  };
  const once = { strategy: 'random', maxExecutions: 1, seed: 1 } as const;
  return { wrong: found(explore(scenario('qtest', setup), once)), said };
}

describe('qtest', () => {
  it('should read and write memory', () => {
    const { said, wrong } = answers(['writel 0xc00 0x12345678', 'readl 0xc00', 'readb 0xc00']);
    expect(wrong).toEqual([]);
    expect(said.slice(0, 2)).toEqual(['OK', 'OK 0x0000000012345678']);
  });

  it('should read nothing where nothing is', () => {
    expect(answers(['readl 0x10', 'inl 0x70', 'outb 0x70 1']).said).toEqual([
      'OK 0x0000000000000000',
      'OK 0x0000',
      'OK',
    ]);
  });

  it('should say what it does not know', () => {
    const { said } = answers(['frobnicate', 'inq 0x70', 'readl here', 'clock_step 5']);
    expect(said).toEqual([
      "FAIL Unknown command 'frobnicate'",
      "FAIL Unknown command 'inq'",
      "ERR invalid number in 'readl here'",
      "FAIL Unknown command 'clock_step'",
    ]);
  });

  it('should die of an access without an address, as upstream asserts', () => {
    expect(answers(['readl']).wrong).toEqual([
      'assertion: qtest_process_command: readl lacks a number',
    ]);
  });

  it('should let time pass, and run the timers that expire', () => {
    let said: readonly string[] = [];
    const fired: number[] = [];
    const setup = (sim: Sim): void => {
      fired.length = 0;
      const pc = new Pc(sim);
      const { machine, qdev, runState, version } = pc;
      const clock = new QemuClock(sim, machine.bigLock);
      const list = clock.list('timers', timerUpstream);
      const owner = () => sim.fail('no owner');
      const memory = sim.block('timers in memory');
      const timers = [10, 30].map((expire) => {
        const callback = function* (): Routine {
          fired.push(expire);
        };
        return { expire, timer: timerInit(memory, `timer ${expire}`, callback, owner) };
      });
      const time = { clock, lists: [list] };
      const qtest = new QTest({ machine, qdev, runState, version, time });
      pc.start({
        *boot() {
          for (const { timer, expire } of timers) yield* list.mod(timer, expire);
        },
        commands: ['clock_step 5', 'clock_step', 'clock_step 25'].map((line) => qtest.line(line)),
      });
      sim.finally(() => {
        said = qtest.said;
      });
    };
    const once = { strategy: 'random', maxExecutions: 1, seed: 1 } as const;
    expect(found(explore(scenario('clock_step', setup), once))).toEqual([]);
    expect(said).toEqual(['OK 5', 'OK 10', 'OK 35']);
    expect(fired).toEqual([10, 30]);
  });
});
