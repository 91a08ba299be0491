import {
  accessSpace,
  addSubregion,
  Census,
  delSubregion,
  head,
  Machine,
  Memory,
  type MemoryDesign,
  type MemoryRegion,
  objectInitialize,
  objectNew,
  Qom,
  type QomObject,
  regionInit,
} from '../../models/index.js';
import type { Block, Routine, Sim } from '../../src/index.js';

/** A type whose instances are counted. */
export function thingsOf(sim: Sim): {
  census: Census;
  create: (name: string) => Routine<QomObject>;
  createIn: (memory: Block) => Routine<QomObject>;
} {
  const census = new Census(sim, 'thing');
  const qom = new Qom(sim);
  qom.types.register({
    name: 'thing',
    parent: 'object',
    instanceInit: (object) => census.add(object),
  });
  return {
    census,
    create: (name) => objectNew(qom, 'thing', name),
    createIn: (memory) => objectInitialize(qom, memory, 'thing'),
  };
}

/** What happens on a bench. */
export interface Story {
  readonly read: (bench: MemoryBench) => Routine;
  readonly vcpus?: Readonly<Record<string, (bench: MemoryBench) => Routine>>;
  readonly command?: (bench: MemoryBench) => Routine;
  /** Whether the callbacks run without the big lock. */
  readonly lockless?: boolean;
}

/** A machine with one region of one owner, mapped at 0x100. */
export class MemoryBench {
  readonly machine: Machine;
  readonly memory: Memory;
  private made: Made | undefined;

  constructor(
    readonly sim: Sim,
    design: MemoryDesign = head,
  ) {
    this.machine = new Machine(sim);
    this.memory = new Memory(this.machine, design);
    this.machine.qom.types.register({ name: 'device', parent: 'object', abstract: true });
    this.machine.qom.types.register({ name: 'card', parent: 'object' });
  }

  /** Boots, then lets the virtual CPUs and the command go. */
  run(story: Story): void {
    const { command, vcpus = {} } = story;
    this.machine.start({
      boot: () => this.boot(story),
      vcpus: Object.fromEntries(
        Object.entries(vcpus).map(([name, body]) => [name, () => body(this)]),
      ),
      commands: command === undefined ? [] : [{ execute: () => command(this) }],
    });
  }

  /** What boot has made. */
  get parts(): Made {
    return this.made ?? this.sim.fail('the bench has not booted');
  }

  /** The guest reads. */
  *read(address = 0x100, size = 4): Routine {
    yield* accessSpace(this.memory.system, { address, size });
  }

  /** Takes the region out of the map. */
  *unmap(): Routine {
    yield* delSubregion(this.parts.root, this.parts.region);
  }

  /** Puts it back. */
  *map(): Routine {
    yield* addSubregion(this.parts.root, this.parts.region, 0x100);
  }

  private *boot({ read, lockless = false }: Story): Routine {
    const { machine, memory } = this;
    const root = yield* memory.boot();
    const owner = yield* objectNew(machine.qom, 'card');
    const ops = () => read(this);
    const region = yield* regionInit(memory, owner.instance.embed('bar0'), {
      name: 'bar0',
      size: 8,
      owner,
      lockless,
      ops: {
        *read() {
          yield* ops();
          return 0;
        },
      },
    });
    yield* addSubregion(root, region, 0x100);
    this.made = { root, owner, region };
  }
}

interface Made {
  readonly root: MemoryRegion;
  readonly owner: QomObject;
  readonly region: MemoryRegion;
}
