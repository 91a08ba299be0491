import {
  addChild,
  addContainer,
  canonicalPath,
  Machine,
  objectGetRoot,
  objectNew,
  type QomObject,
  resolvePath,
  type TypeInfo,
  unparent,
  unreference,
} from '../../models/index.js';
import { finalizedAtQuiescence, noDanglingPointer } from '../../properties/index.js';
import type { Plain, Routine, Sim } from '../../src/index.js';
import type { Bug } from '../historic.js';

interface Cpu {
  readonly halted: Plain<boolean>;
}

const cpuType: TypeInfo<Cpu> = {
  name: 'cpu',
  parent: 'object',
  fields: (block) => ({ halted: block.plain('halted', false) }),
};

/** How a monitor remembers the CPU that its commands are about. Upstream: monitor/misc.c:monitor_set_cpu, mon_get_cpu. */
interface Memory {
  readonly set: (cpu: QomObject) => Routine;
  readonly get: () => Routine<QomObject | undefined>;
}

/** By a pointer. */
function pointer(sim: Sim, { bigLock }: Machine): Memory {
  const cpu = sim.plain<QomObject | undefined>('mon_cpu', undefined);
  noDanglingPointer(sim, { name: cpu.name, peek: () => cpu.peek() }, bigLock);
  return { set: (chosen) => put(cpu, chosen), get: () => take(cpu) };
}

/** By a path, looked up each time. */
function path(sim: Sim, { qom }: Machine): Memory {
  const name = sim.plain('mon_cpu_path', '');
  return {
    *set(cpu) {
      yield* name.write((yield* canonicalPath(cpu)) ?? '');
    },
    *get() {
      const found = yield* resolvePath(qom, yield* name.read(), cpuType.name);
      return found === 'ambiguous' ? undefined : found;
    },
  };
}

function* put<T>(variable: Plain<T>, value: T): Routine {
  yield* variable.write(value);
}

function* take<T>(variable: Plain<T>): Routine<T> {
  return yield* variable.read();
}

/** A command, by name in the trace. */
function* asked(sim: Sim, name: string, command: () => Routine): Routine {
  sim.log(name);
  yield* command();
}

function infoCpus(remember: (sim: Sim, machine: Machine) => Memory) {
  return (sim: Sim): void => {
    const machine = new Machine(sim);
    const { qom } = machine;
    qom.types.register(cpuType);
    finalizedAtQuiescence(sim, { qom, type: cpuType.name });
    const memory = remember(sim, machine);
    let cpu: QomObject | undefined;
    const there = () => cpu ?? sim.fail('no cpu');
    machine.start({
      *boot() {
        cpu = yield* objectNew(qom, cpuType.name);
        const cpus = yield* addContainer(yield* objectGetRoot(qom), 'cpus');
        yield* addChild(cpus, 'cpu1', cpu);
        yield* unreference(cpu);
      },
      commands: [
        { execute: () => asked(sim, 'monitor_set_cpu', () => memory.set(there())) },
        { execute: () => asked(sim, 'qmp_device_del cpu', () => unparent(there())) },
        {
          *execute() {
            sim.log('hmp_info_cpus: mon_get_cpu');
            const chosen = yield* memory.get();
            if (chosen !== undefined) yield* chosen.as(cpuType).halted.read();
          },
        },
      ],
    });
  };
}

/** The monitor keeps a pointer to the CPU that was chosen, and the CPU is unplugged. */
export const monitorCpu: Bug = {
  name: 'monitor-cpu',
  title: "monitor: the chosen CPU's pointer",
  description: 'a CPU is chosen in the monitor, unplugged, and asked about',
  commit: '751f8cfe2a',
  before: infoCpus(pointer),
  after: infoCpus(path),
};
