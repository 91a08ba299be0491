import type { Routine } from '../../../src/index.js';
import type { Hazard } from '../hazard.js';
import { Pc } from '../pc.js';

/** A look-up by code that runs early: an abort if it needs the machine. */
export const beforeMachine: Hazard = {
  name: 'look-up-before-machine',
  title: 'look-up before the machine',
  description: "the machine's IOMMU is looked up before there is a machine",
  threads(sim, row) {
    const pc = new Pc(sim, row);
    const early = sim.reachable('looked up before there is a machine');
    sim.thread('main', function* () {
      early();
      yield* pc.machine.bigLock.guard(() => pc.lookUp());
    });
  },
};

/** A second IOMMU on the command line. */
function onCommandLine(name: string, title: string, what: string, driver: string): Hazard {
  return {
    name,
    title,
    description: `-device intel-iommu, then ${what}`,
    threads(sim, row) {
      const pc = new Pc(sim, row);
      const again = sim.reachable('a second IOMMU asked for');
      function* boot(): Routine {
        yield* pc.create();
        yield* pc.add('intel-iommu', 'iommu0');
        again();
        yield* pc.add(driver, 'iommu1');
        yield* pc.lookUp();
      }
      pc.machine.start({ boot });
    },
  };
}

export const secondOnCommandLine: Hazard = onCommandLine(
  'second-of-class',
  'two of a class',
  'another intel-iommu',
  'intel-iommu',
);

export const siblingOnCommandLine: Hazard = onCommandLine(
  'second-of-sibling',
  'two of sibling classes',
  'amd-iommu, whose class has the same parent',
  'amd-iommu',
);

export const virtioOnCommandLine: Hazard = onCommandLine(
  'second-of-other-kind',
  'two of other kinds',
  'virtio-iommu-pci, an IOMMU whose class descends from that of PCI devices',
  'virtio-iommu-pci',
);

/** IOMMUs cannot be hot-plugged, but an object is made before that is noticed. It must be an error, and change nothing. */
function hotPlugged(name: string, title: string, driver: string): Hazard {
  return {
    name,
    title,
    description: `-device intel-iommu, then device_add ${driver} while the machine runs`,
    threads(sim, row) {
      const pc = new Pc(sim, row);
      const again = sim.reachable('a second IOMMU hot-plugged');
      function* boot(): Routine {
        yield* pc.create();
        yield* pc.add('intel-iommu', 'iommu0');
        yield* pc.qdev.machineReady();
      }
      function* execute(): Routine {
        again();
        yield* pc.withoutEffect(() => pc.hotPlug(driver));
        yield* pc.lookUp();
      }
      pc.machine.start({ boot, commands: [{ execute }] });
    },
  };
}

export const secondHotPlugged: Hazard = hotPlugged(
  'hot-plug-of-class',
  'another hot-plugged',
  'intel-iommu',
);

export const siblingHotPlugged: Hazard = hotPlugged(
  'hot-plug-of-sibling',
  'sibling hot-plugged',
  'amd-iommu',
);

/** Whoever looks for the IOMMU afterwards must not find the one that failed, and another must be let in. */
export const failedRealize: Hazard = {
  name: 'failed-realize',
  title: 'realize fails',
  description: 'an IOMMU fails to be realized; then it is looked up, and another is added',
  threads(sim, row) {
    const pc = new Pc(sim, row);
    const failed = sim.reachable('an IOMMU that failed to be realized');
    function* boot(): Routine {
      yield* pc.create();
      if (!(yield* pc.add('broken-iommu', 'iommu0'))) failed();
    }
    function* execute(): Routine {
      const added = yield* pc.add('intel-iommu', 'iommu1');
      yield* pc.lookUp();
      sim.assert(added, 'device_add: an IOMMU is refused, and there is none');
    }
    pc.machine.start({ boot, commands: [{ execute }] });
  },
};
