import { describe, expect, it } from 'vitest';
import {
  Machine,
  Migration,
  Monitor,
  migrationIsRunning,
  migrationObjectInit,
  Qdev,
  RunState,
  upstream,
  type Vm,
  versions,
} from '../../../models/index.js';
import type { Sim } from '../../../src/index.js';
import { orders } from './support.js';

/** A machine that does nothing but migrate, as soon as it is told to; the orders of what its monitor says. */
function migrates(cancel: boolean): { orders: string[]; wrong: string[] } {
  const result = orders((sim: Sim) => {
    const machine = new Machine(sim);
    const { bigLock, loop, qom } = machine;
    const qdev = new Qdev(machine, {}, () => migrationIsRunning(migration, true));
    const design = upstream;
    const migration = new Migration({ sim, bigLock, loop, design, iterations: 0, qom });
    const monitor = new Monitor(sim);
    const runState = new RunState(machine, (event) => monitor.emit(event), 'paused');
    migration.surroundings = {
      stateChanged: (status) => monitor.emit({ event: 'MIGRATION', data: { status } }),
      pass: (pass) => monitor.emit({ event: 'MIGRATION_PASS', data: { pass } }),
      deviceStatus: true,
      ...(cancel && { needed: 2 }),
    };
    const vm: Vm = { machine, qdev, runState, migration, version: versions['10.2'] };
    monitor.attach(vm);
    const active = () => {
      const object = migration.current.peek();
      return object !== undefined && migration.state(object).status.peek() === 'active';
    };
    machine.start({
      *boot() {
        yield* qdev.createMachine();
        yield* migrationObjectInit(migration);
        yield* qdev.machineReady();
      },
      commands: [
        ...monitor.request({ execute: 'migrate', arguments: { uri: 'exec:cat' } }),
        ...(cancel ? monitor.request({ execute: 'migrate_cancel' }, active) : []),
      ],
    });
    return monitor;
  });
  expect(result.report.complete).toBe(true);
  return result;
}

describe('migrate', () => {
  const told = ['PASS 1', 'active', 'device', 'PASS 2', 'completed'];

  it('should tell that it begins, then answer, while the thread goes on', () => {
    const result = migrates(false);
    expect(result.wrong).toEqual([]);
    const short = result.orders.map((each) =>
      each.replaceAll('MIGRATION_PASS', 'PASS').replaceAll('MIGRATION ', '').split(' | '),
    );
    for (const order of short) {
      expect(order.filter((each) => each !== 'return {}')).toEqual(['setup', ...told]);
      expect(order.indexOf('return {}')).toBeGreaterThan(0);
    }
    expect(short).toContainEqual(['setup', 'return {}', ...told]);
  });

  it('should be cancelled, which is told before the answer, and later that it is over', () => {
    const result = migrates(true);
    expect(result.wrong).toEqual([]);
    for (const order of result.orders) {
      const lines = order.split(' | ');
      const at = (line: string) => lines.indexOf(line);
      // The thread tells that it is active after it is, so that this may come later.
      expect(at('MIGRATION cancelling')).toBeGreaterThan(at('MIGRATION_PASS 1'));
      expect(lines.lastIndexOf('return {}')).toBeGreaterThan(at('MIGRATION cancelling'));
      expect(at('MIGRATION cancelled')).toBeGreaterThan(at('MIGRATION cancelling'));
      expect(lines).not.toContain('MIGRATION completed');
    }
    const begin = 'MIGRATION setup | return {} | MIGRATION_PASS 1 | MIGRATION active';
    expect(result.orders).toContain(
      `${begin} | MIGRATION cancelling | return {} | MIGRATION cancelled`,
    );
  });
});
