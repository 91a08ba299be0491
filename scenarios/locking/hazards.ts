import type { Outcome } from '../../models/index.js';
import type { Routine } from '../../src/index.js';
import type { HazardColumn } from '../entry.js';
import { overtaking } from '../window.js';
import { at, type Bench, neighbour, type Story, second } from './bench.js';

/** Everything of a scenario but the design. */
export interface Hazard extends HazardColumn {
  /** What the rows must be about for which it is a hazard. */
  readonly topic: 'locks' | 'reprogramming';
  /** Whether the big lock and that of one device are taken together: what an order of locks is said of. */
  readonly order?: boolean;
  readonly story: (bench: Bench) => Story;
}

/** What a virtual CPU does that makes one access; a search has to see it come to a callback. */
function once({ sim }: Bench, what: string, access: () => Routine<Outcome>): () => Routine {
  const seen = sim.reachable(`${what} comes to a callback`);
  return function* () {
    const { result } = yield* access();
    if (result === 'ok') seen();
  };
}

const mixedRegions: Hazard = {
  name: 'both-regions-at-once',
  title: 'both regions at once',
  description: 'one virtual CPU reads the fast region while another writes the control region',
  topic: 'locks',
  order: true,
  story: (bench) => ({
    vcpus: {
      reader: once(bench, 'the read', () => bench.read(at.io)),
      writer: once(bench, 'the write', () => bench.write(at.control, at.io + 1)),
    },
  }),
};

const unplug: Hazard = {
  name: 'unplug-against-callback',
  title: 'unplug against a callback',
  description: 'a virtual CPU writes the control region, which moves the other, during unplug',
  topic: 'locks',
  order: true,
  story(bench) {
    const late = overtaking(bench.sim, 'unplugged during an access');
    return {
      vcpus: {
        *vcpu() {
          const { result } = yield* bench.write(at.control, at.elsewhere + 1);
          yield* late.accessed(result === 'ok');
        },
      },
      *management() {
        yield* bench.unplug();
        yield* late.changed();
      },
    };
  },
};

const unplugFast: Hazard = {
  name: 'unplug-against-fast-callback',
  title: 'unplug against a fast callback',
  description: 'a virtual CPU reads the fast region, which changes nothing, during unplug',
  topic: 'locks',
  story(bench) {
    const late = overtaking(bench.sim, 'unplug begun, access not over');
    return {
      vcpus: {
        *vcpu() {
          const { result } = yield* bench.read(at.io);
          yield* late.accessed(result === 'ok');
        },
      },
      *management() {
        // Not after it: a callback that is overtaken races with what is done then.
        yield* late.changed();
        yield* bench.unplug();
      },
    };
  },
};

const mapChange: Hazard = {
  name: 'map-change-from-callback',
  title: 'a map change from a callback',
  description: 'two virtual CPUs write the control region: each write moves the fast region',
  topic: 'locks',
  order: true,
  story: (bench) => ({
    vcpus: {
      first: once(bench, 'the first write', () => bench.write(at.control, at.elsewhere + 1)),
      second: once(bench, 'the second write', () => bench.write(at.control, at.io + 1)),
    },
  }),
};

const dmaRing: Hazard = {
  name: 'dma-ring',
  title: 'DMA in a ring',
  description: "a write to one device makes it write to another, which writes to the first one's",
  topic: 'locks',
  story(bench) {
    const around = bench.sim.reachable('the guest goes on');
    return {
      next: 'second device',
      vcpus: {
        *vcpu() {
          yield* bench.write(at.io, 3);
          around();
        },
      },
    };
  },
};

const dmaCrossed: Hazard = {
  name: 'dma-crossed',
  title: 'DMA both ways',
  description: 'two devices are each made to write to the other by a virtual CPU of its own',
  topic: 'locks',
  story: (bench) => ({
    next: 'second device',
    vcpus: {
      there: once(bench, 'the write there', () => bench.write(at.io, 1)),
      back: once(bench, 'the write back', () => bench.write(second.io, 1)),
    },
  }),
};

const portsAndBack: Hazard = {
  name: 'ports-and-back',
  title: 'through ports and back',
  description:
    'a write makes the device write to a port that leads back to the same register; another moves it',
  topic: 'locks',
  story(bench) {
    const around = bench.sim.reachable('the guest goes on');
    return {
      next: 'ports',
      vcpus: {
        *vcpu() {
          yield* bench.write(at.io, 1);
          around();
        },
        mover: once(bench, 'the move', () => bench.write(at.control, at.elsewhere + 1)),
      },
    };
  },
};

/** The guest reads at an address that is the neighbour's before and after. */
function* readNeighbour(bench: Bench, address: number, why: string): Routine {
  const { value } = yield* bench.read(address);
  const where = `0x${address.toString(16)}`;
  bench.sim.assert(value === neighbour, `I13: piix4-pm.io answers at ${where}, ${why}`);
}

const moveThenDisable: Hazard = {
  name: 'move-and-disable',
  title: 'moved and disabled at once',
  description: 'one write moves the fast region and disables it; another virtual CPU reads there',
  topic: 'reprogramming',
  story: (bench) => ({
    neighbourAt: at.elsewhere,
    vcpus: {
      writer: once(bench, 'the write', () => bench.write(at.control, at.elsewhere)),
      reader: () => readNeighbour(bench, at.elsewhere, 'where it is never to be enabled'),
    },
  }),
};

const moveThenEnable: Hazard = {
  name: 'move-and-enable',
  title: 'moved and enabled at once',
  description: 'one write moves a disabled region and enables it; another reads where it was',
  topic: 'reprogramming',
  story: (bench) => ({
    enabled: false,
    neighbourAt: at.io,
    vcpus: {
      writer: once(bench, 'the write', () => bench.write(at.control, at.elsewhere + 1)),
      reader: () => readNeighbour(bench, at.io, 'where it was when it was disabled'),
    },
  }),
};

/** In the order of the table. */
export const hazards: readonly Hazard[] = [
  mixedRegions,
  unplug,
  unplugFast,
  mapChange,
  dmaRing,
  dmaCrossed,
  portsAndBack,
  moveThenDisable,
  moveThenEnable,
];
