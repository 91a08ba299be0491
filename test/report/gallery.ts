import { type ExploreOptions, type Scenario, type Sim, scenario } from '../../src/index.js';

/** A scenario and how it is explored, printed whole in a golden file. */
export interface Exhibit {
  readonly scenario: Scenario;
  readonly options: ExploreOptions;
}

const dfs: ExploreOptions = { strategy: 'dfs' };

function exhibit(scenario: Scenario, options: ExploreOptions = dfs): Exhibit {
  return { scenario, options };
}

/** Threads that each add one to a counter in two steps. */
function increments(sim: Sim, names: readonly string[]): void {
  const counter = sim.atomic('counter', 0);
  for (const name of names) {
    sim.thread(name, function* () {
      const seen = yield* counter.load();
      sim.log(`saw ${seen}`);
      yield* counter.store(seen + 1);
    });
  }
  sim.finally(() => {
    sim.assert(counter.peek() === names.length, () => `the counter is ${counter.peek()}`);
  });
}

const lostUpdate = scenario('lost-update', (sim) => {
  increments(sim, ['A', 'B']);
});

const eightThreads = scenario('eight-threads', (sim) => {
  increments(
    sim,
    Array.from({ length: 8 }, (_, i) => `worker-${i}`),
  );
});

const twentyThreads = scenario('twenty-threads', (sim) => {
  increments(
    sim,
    Array.from({ length: 20 }, (_, i) => `migration-worker-${i}`),
  );
});

const deadlockOfThree = scenario('philosophers', (sim) => {
  const forks = [0, 1, 2].map((i) => sim.mutex(`fork${i}`));
  forks.forEach((left, i) => {
    const right = forks[(i + 1) % 3]!;
    sim.thread(`philosopher${i}`, function* () {
      yield* left.lock();
      yield* right.lock();
      yield* right.unlock();
      yield* left.unlock();
    });
  });
});

const useAfterFree = scenario('unplug-during-dispatch', (sim) => {
  const rcu = sim.rcu('memory');
  const nic = sim.block('nic0');
  const register = nic.plain('register', 7);
  const map = sim.atomic<unknown>('map', nic);
  const bql = sim.mutex('bql');
  sim.thread('vcpu0', function* () {
    yield* rcu.readLock();
    const found = yield* map.load();
    yield* rcu.readUnlock();
    if (found === null) return;
    yield* bql.lock();
    yield* register.read();
    yield* bql.unlock();
  });
  sim.thread('monitor', function* () {
    yield* bql.lock();
    yield* map.store(null);
    yield* rcu.synchronize();
    yield* sim.free(nic);
    yield* bql.unlock();
  });
});

const reclaimed = scenario('rcu-callback', (sim) => {
  const rcu = sim.rcu('rcu');
  const node = sim.block('node');
  const value = node.atomic('value', 1);
  const head = sim.atomic<unknown>('head', node);
  sim.thread('reader', function* () {
    yield* rcu.readLock();
    const found = yield* head.load();
    yield* rcu.readUnlock();
    if (found !== null) yield* value.load();
  });
  sim.thread('updater', function* () {
    yield* head.store(null);
    yield* rcu.call(function* () {
      yield* sim.free(node);
    });
  });
});

const doubleFree = scenario('double-free', (sim) => {
  const device = sim.block('device');
  for (const name of ['unplug', 'machine-reset']) {
    sim.thread(name, function* () {
      yield* sim.free(device);
    });
  }
});

const leak = scenario(
  'leak',
  (sim) => {
    const object = sim.block('object');
    const references = object.refcount('references', 1);
    sim.thread('user', function* () {
      yield* references.get();
    });
    sim.thread('owner', function* () {
      if (yield* references.put()) yield* sim.free(object);
    });
  },
  { leakCheck: true },
);

const race = scenario('data-race', (sim) => {
  const payload = sim.plain('payload', 0);
  const ready = sim.atomic('ready', false);
  sim.thread('writer', function* () {
    yield* ready.store(true);
    yield* payload.write(5);
  });
  sim.thread('reader', function* () {
    if (yield* ready.load()) yield* payload.read();
  });
});

const lostWakeUp = scenario('lost-wake-up', (sim) => {
  const mutex = sim.mutex('mutex');
  const filled = sim.condition('filled', mutex);
  const ready = sim.atomic('ready', false);
  for (const name of ['consumer1', 'consumer2']) {
    sim.thread(name, function* () {
      yield* mutex.lock();
      if (!(yield* ready.load())) yield* filled.wait();
      yield* mutex.unlock();
    });
  }
  sim.thread('producer', function* () {
    yield* ready.store(true);
    yield* filled.signal();
  });
});

const longNames = scenario('long-names', (sim) => {
  const device = sim.block('machine.peripheral.virtio-net-pci-0');
  const queue = device.embed('bus.virtqueue-0');
  const state = queue.atomic('notification-state', 'idle');
  const lock = sim.mutex('big-qemu-lock');
  for (const name of ['migration-return-path-thread', 'vcpu-0-accelerator-thread']) {
    sim.thread(name, function* () {
      yield* lock.lock();
      yield* state.store('processing-requests-in-batch');
      yield* lock.unlock();
      yield* state.compareExchange('processing-requests-in-batch', 'idle');
    });
  }
  sim.thread('rcu-callback-reclaimer-thread', function* () {
    yield* sim.free(device);
  });
});

const manySteps = scenario('many-steps', (sim) => {
  const device = sim.block('device');
  const irq = device.atomic('irq', 0);
  const ticks = sim.atomic('ticks', 0);
  const bql = sim.mutex('bql');
  sim.thread('main', function* () {
    for (let i = 0; i < 40; i++) {
      yield* bql.lock();
      yield* ticks.fetchAdd(1);
      yield* bql.unlock();
    }
    yield* sim.free(device);
  });
  sim.thread('vcpu', function* () {
    for (let i = 0; i < 80; i++) yield* ticks.load();
    yield* irq.store(1);
    for (let i = 0; i < 20; i++) yield* ticks.load();
    yield* irq.load();
  });
});

const everyKind = scenario('time-and-choice', (sim) => {
  const clock = sim.clock('virtual');
  const announced = sim.atomic('announced', 0);
  const timer = clock.timer('announce', function* () {
    yield* announced.store(1);
  });
  const turns = sim.semaphore('turns', 0);
  sim.thread('main', function* () {
    yield* timer.arm(50);
    yield* sim.choose(3, 'route');
    yield* clock.sleep(10);
    yield* sim.until(() => announced.peek() === 1, 'announced');
    yield* sim.step('collect', () => {
      announced.poke(2);
      return 5;
    });
    yield* turns.post();
    yield* turns.wait();
    const child = yield* sim.spawn('child', function* () {
      yield* sim.pause();
      sim.fail('the child gives up with a message that is too long for the first line of a report');
    });
    yield* child.join();
  });
});

const livelock = scenario(
  'livelock',
  (sim) => {
    const flag = sim.atomic('flag', false);
    sim.thread('poller', function* () {
      while (!(yield* flag.load())) yield* sim.pause();
    });
  },
  { maxSteps: 120 },
);

const invariant = scenario('invariant', (sim) => {
  const level = sim.atomic('level', 0);
  sim.thread('pump', function* () {
    yield* level.exchange(3);
    yield* level.update((value) => value + 2);
  });
  sim.invariant('level below 5', () => level.peek() < 5);
});

const lockMisuse = scenario('recursive-lock', (sim) => {
  const bql = sim.mutex('bql');
  sim.thread('main', function* () {
    yield* bql.tryLock();
    yield* bql.tryLock();
    yield* bql.lock();
  });
});

const thrown = scenario('throws', (sim) => {
  const x = sim.atomic('x', 0);
  sim.thread('main', function* () {
    yield* x.store(1);
    throw new Error('na\u00efve\nand on two lines');
  });
});

const setUp = scenario('set-up-fails', (sim) => {
  sim.fail('there is no machine');
});

/** What the golden files show. */
export const gallery: readonly Exhibit[] = [
  exhibit(lostUpdate),
  exhibit(eightThreads, { strategy: 'random', seed: 3 }),
  exhibit(twentyThreads, { strategy: 'random', seed: 1 }),
  exhibit(deadlockOfThree),
  exhibit(useAfterFree),
  exhibit(reclaimed),
  exhibit(doubleFree, { strategy: 'dfs', preemptions: 0 }),
  exhibit(leak),
  exhibit(race, { strategy: 'dfs', stopAfter: Infinity }),
  exhibit(lostWakeUp),
  exhibit(longNames, { strategy: 'random', seed: 5 }),
  exhibit(manySteps, { strategy: 'random', seed: 2 }),
  exhibit(everyKind),
  exhibit(livelock),
  exhibit(invariant),
  exhibit(lockMisuse),
  exhibit(thrown),
  exhibit(setUp),
];
