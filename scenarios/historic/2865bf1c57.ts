import {
  accessSpace,
  addSubregion,
  type CpuDispatch,
  Machine,
  Memory,
  type MemoryRegion,
  regionInit,
  setEnabled,
  TcgDispatch,
} from '../../models/index.js';
import type { Routine, Sim } from '../../src/index.js';
import type { Bug } from '../historic.js';
import { window } from '../window.js';

function changeMapBetweenTurns(dispatch: CpuDispatch) {
  return (sim: Sim): void => {
    const cpu = new TcgDispatch(sim, dispatch);
    const machine = new Machine(sim);
    const memory = new Memory(machine, cpu.design);
    const between = window(sim, 'map changed before the last access');
    let bar: MemoryRegion | undefined;
    function* access(): Routine {
      yield* accessSpace(memory.system, { address: 0x100, size: 4 });
    }
    machine.start({
      *boot() {
        const root = yield* memory.boot();
        const rtc = yield* regionInit(memory, undefined, { name: 'rtc', size: 0x10, ops: {} });
        yield* addSubregion(root, rtc, 0x100);
        bar = yield* regionInit(memory, undefined, { name: 'bar0', size: 0x10, ops: {} });
        yield* addSubregion(root, bar, 0x200);
      },
      vcpus: {
        *vcpu() {
          yield* cpu.turn(memory, access);
          yield* cpu.turn(memory, access);
          yield* between.close();
        },
      },
      // Stands for another CPU, whose guest sets up PCI devices.
      commands: [
        {
          *execute() {
            yield* setEnabled(bar ?? sim.fail('the machine has not booted'), false);
            yield* between.open();
          },
        },
      ],
    });
  };
}

/** An emulated CPU keeps a pointer to the map from one read section to the next, and is told of a new map too late. */
export const dispatchRemembered: Bug = {
  name: 'dispatch-remembered',
  title: 'tcg: a map from an earlier section',
  description: 'an emulated CPU accesses a register while another changes the map',
  commit: '2865bf1c57',
  before: changeMapBetweenTurns('remembered'),
  after: changeMapBetweenTurns('looked up'),
};
