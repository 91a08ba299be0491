import { Machine, TcgCpu } from '../../models/index.js';
import type { Routine, Sim } from '../../src/index.js';
import type { Bug } from '../historic.js';
import { type Window, window } from '../window.js';

function* guest(cpu: TcgCpu, early: Window): Routine {
  yield* early.open();
  yield* cpu.spin();
}

/** qmp_device_add: a failure is answered when what it left behind is gone. */
function* deviceAdd({ sim, callRcu }: Machine, early: Window): Routine {
  yield* early.close();
  sim.log('qmp_device_add: fails, drain_call_rcu');
  yield* callRcu.drain();
}

function failingDeviceAdd(forced: boolean) {
  return (sim: Sim): void => {
    const machine = new Machine(sim);
    const cpu = new TcgCpu(sim, machine.callRcu, forced);
    const early = window(sim, 'guest about to enter its loop, device_add not begun');
    machine.start({
      *boot() {
        yield* sim.spawn('vcpu', () => guest(cpu, early), { service: true });
      },
      commands: [{ execute: () => deviceAdd(machine, early) }],
    });
  };
}

/** A command waits for a grace period that never ends: the guest is in a loop that the emulator never leaves. */
export const drainBehindGuest: Bug = {
  name: 'drain-behind-guest',
  title: 'rcu: device_add waits for the guest',
  description: 'a failing device_add drains RCU callbacks while the guest is in a loop',
  commit: 'ef149763a8 and dd47a8f654',
  before: failingDeviceAdd(false),
  after: failingDeviceAdd(true),
};
