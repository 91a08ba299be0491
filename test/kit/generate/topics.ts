import type { Effect, Instruction, PlainCall } from '../program.js';
import type { Draft } from './draft.js';

/** Makes a piece of a thread: one operation, or several that belong together. */
export type Fragment = (draft: Draft) => Instruction[];

const act = (op: PlainCall, on: string): Instruction => ({ op, on });

/** One access of an atomic variable. */
export const access: Fragment = (draft) => {
  const { random } = draft;
  const on = draft.atomic();
  const to = draft.register();
  const value = random.percent(50) ? random.between(1, 2) : { reg: draft.register(), plus: 1 };
  switch (random.below(12)) {
    case 0:
    case 1:
    case 2:
    case 3:
      return [{ op: 'atomic.load', on, to }];
    case 4:
    case 5:
    case 6:
      return [{ op: 'atomic.store', on, value }];
    case 7:
      return [{ op: 'atomic.exchange', on, value, to }];
    case 8:
      return [{ op: 'atomic.fetchAdd', on, value: random.below(2), to }];
    case 9:
      return [{ op: 'atomic.update', on, times: 2, plus: random.below(3), to }];
    default:
      return [
        {
          op: 'atomic.compareExchange',
          on,
          expected: random.below(2),
          desired: random.between(1, 2),
          to,
        },
      ];
  }
};

/** A value is read and decides what comes next. */
const branch: Fragment = (draft) => {
  const { random } = draft;
  const to = draft.register();
  return [
    { op: 'atomic.load', on: draft.atomic(), to },
    {
      op: 'if',
      test: { reg: to, is: random.pick(['==', '!=', '<'] as const), than: random.below(2) },
      then: access(draft),
      ...(random.percent(30) ? { otherwise: access(draft) } : {}),
    },
  ];
};

const loop: Fragment = (draft) => {
  const to = draft.register();
  const load: Instruction = { op: 'atomic.load', on: draft.atomic(), to };
  return [
    load,
    { op: 'repeat', times: 2, test: { reg: to, is: '==', than: 0 }, body: [load] },
    ...(draft.random.percent(50) ? access(draft) : []),
  ];
};

const plainAccess: Fragment = (draft) => {
  const on = draft.plain();
  return draft.random.percent(50)
    ? [{ op: 'plain.read', on, to: draft.register() }]
    : [{ op: 'plain.write', on, value: draft.random.between(1, 2) }];
};

/** What stands between lock and unlock. */
const guarded: Fragment = (draft) =>
  draft.random.percent(25) ? [] : draft.random.percent(60) ? access(draft) : plainAccess(draft);

const critical: Fragment = (draft) => {
  const { random } = draft;
  const on = draft.mutex();
  if (random.percent(20)) {
    const inner = draft.mutex(on === 'm' ? 'n' : 'm');
    return [
      act('mutex.lock', on),
      act('mutex.lock', inner),
      ...(random.percent(40) ? access(draft) : []),
      act('mutex.unlock', inner),
      act('mutex.unlock', on),
    ];
  }
  if (random.percent(6)) return [act('mutex.lock', on), ...guarded(draft)];
  return [act('mutex.lock', on), ...guarded(draft), act('mutex.unlock', on)];
};

const tryCritical: Fragment = (draft) => {
  const on = draft.mutex();
  const to = draft.register();
  return [
    { op: 'mutex.tryLock', on, to },
    {
      op: 'if',
      test: { reg: to, is: '==', than: 1 },
      then: [...guarded(draft), act('mutex.unlock', on)],
      ...(draft.random.percent(30) ? { otherwise: access(draft) } : {}),
    },
  ];
};

const readSide: Fragment = (draft) => {
  const on = draft.rwlock();
  // Several that stay inside block a writer together.
  if (draft.random.percent(15)) return [act('rwlock.readLock', on), ...guarded(draft)];
  return [act('rwlock.readLock', on), ...guarded(draft), act('rwlock.readUnlock', on)];
};

const writeSide: Fragment = (draft) => {
  const on = draft.rwlock();
  return [act('rwlock.writeLock', on), ...guarded(draft), act('rwlock.writeUnlock', on)];
};

const waiter: Fragment = (draft) => {
  const on = draft.condition();
  if (draft.random.percent(25)) {
    return [act('mutex.lock', 'm'), act('condition.wait', on), act('mutex.unlock', 'm')];
  }
  const to = draft.register();
  return [
    act('mutex.lock', 'm'),
    { op: 'atomic.load', on: draft.flag('x'), to },
    {
      op: 'if',
      test: { reg: to, is: '==', than: 0 },
      then: [act('condition.wait', on)],
    },
    act('mutex.unlock', 'm'),
  ];
};

const waker: Fragment = (draft) => {
  const { random } = draft;
  const on = draft.condition();
  const wake = act(random.percent(70) ? 'condition.signal' : 'condition.broadcast', on);
  const store: Instruction = { op: 'atomic.store', on: draft.flag('x'), value: 1 };
  if (random.percent(40)) return random.percent(60) ? [store, wake] : [wake];
  return [act('mutex.lock', 'm'), store, wake, act('mutex.unlock', 'm')];
};

const signalling: Fragment = (draft) => {
  const { random } = draft;
  switch (random.below(8)) {
    case 0:
    case 1:
      return [act('semaphore.post', draft.semaphore())];
    case 2:
      return [act('semaphore.wait', draft.semaphore())];
    case 3: {
      const on = draft.semaphore();
      return [act('semaphore.wait', on), ...guarded(draft), act('semaphore.post', on)];
    }
    case 4:
    case 5:
      return [...guarded(draft), act('event.set', draft.event())];
    case 6:
      return [act('event.reset', draft.event())];
    default:
      return [act('event.wait', draft.event()), ...guarded(draft)];
  }
};

const section: Fragment = (draft) => {
  const { random } = draft;
  const on = draft.rcu();
  const inside = random.percent(15)
    ? [act('rcu.readLock', on), ...access(draft), act('rcu.readUnlock', on)]
    : guarded(draft);
  return [act('rcu.readLock', on), ...inside, act('rcu.readUnlock', on)];
};

const grace: Fragment = (draft) => {
  const { random } = draft;
  const on = draft.rcu();
  if (draft.nested || random.percent(55)) return [act('rcu.synchronize', on), ...guarded(draft)];
  return [{ op: 'rcu.call', on, body: inner(draft) }];
};

/** The body of a callback or timer: short, and unlikely to block. */
function inner(draft: Draft): Instruction[] {
  const before = draft.nested;
  draft.nested = true;
  const { random } = draft;
  const body = random.percent(12)
    ? critical(draft)
    : random.percent(70)
      ? access(draft)
      : plainAccess(draft);
  draft.nested = before;
  return body;
}

const time: Fragment = (draft) => {
  const { random } = draft;
  const body = (): Instruction[] => (random.percent(20) ? [] : inner(draft));
  const ms = random.between(1, 3);
  switch (random.below(7)) {
    case 0:
    case 1:
      return [{ op: 'clock.sleep', on: draft.clock(body), ms }];
    case 2:
      return [act('timer.cancel', draft.timer(body))];
    default:
      return [{ op: 'timer.arm', on: draft.timer(body), ms }];
  }
};

const blockAccess: Fragment = (draft) => {
  const { random } = draft;
  draft.block();
  const on = random.pick(['bx', 'bx', 'ix']);
  switch (random.below(8)) {
    case 0:
    case 1:
    case 2:
      return [{ op: 'atomic.load', on, to: draft.register() }];
    case 3:
      return [{ op: 'atomic.store', on, value: random.between(1, 2) }];
    case 4:
      return [{ op: 'atomic.compareExchange', on, expected: 0, desired: 1, to: draft.register() }];
    case 5:
      return [act('mutex.lock', 'bm'), ...guarded(draft), act('mutex.unlock', 'bm')];
    case 6:
      return [{ op: 'mutex.tryLock', on: 'bm' }];
    default:
      return [{ op: 'until', condition: { variable: on, is: '>=', than: 1 } }];
  }
};

const counting: Fragment = (draft) => {
  const { random } = draft;
  const inBlock = random.percent(60);
  if (inBlock) draft.block();
  const on = inBlock ? 'bn' : draft.refcount();
  const to = draft.register();
  const last: Instruction[] = inBlock
    ? [{ op: 'if', test: { reg: to, is: '==', than: 1 }, then: [act('block.free', 'b')] }]
    : [];
  switch (random.below(5)) {
    case 0:
      return [act('refcount.get', on), ...access(draft), { op: 'refcount.put', on, to }, ...last];
    case 1:
    case 2:
      return [{ op: 'refcount.put', on, to }, ...last];
    default:
      return [
        { op: 'refcount.tryGet', on, to },
        {
          op: 'if',
          test: { reg: to, is: '==', than: 1 },
          then: [...access(draft), { op: 'refcount.put', on, to }, ...last],
        },
      ];
  }
};

const ending: Fragment = (draft) => {
  const { random } = draft;
  draft.block();
  const roll = random.below(10);
  if (roll < 6) return [act('block.free', 'b')];
  if (roll < 9) return [act('block.retire', random.pick(['b', 'bi']))];
  return [act('block.free', 'bi')];
};

/** A block is made, published through a variable, withdrawn and freed, perhaps too early. */
const publication: Fragment = (draft) => {
  const { random } = draft;
  const pointer = draft.flag('ptr');
  const to = draft.register();
  if (draft.nested || draft.heap.length >= 1) {
    if (draft.heap.length === 0) return access(draft);
    return [
      { op: 'atomic.load', on: pointer, to },
      {
        op: 'if',
        test: { reg: to, is: '==', than: 1 },
        then: [{ op: 'atomic.load', on: 'hx', to: draft.register() }],
      },
    ];
  }
  draft.heap.push({
    kind: 'block',
    name: 'h',
    parts: [{ kind: 'atomic', name: 'hx', initial: 0 }],
  });
  const withdraw: Instruction[] = random.percent(70)
    ? [{ op: 'atomic.store', on: pointer, value: 0 }]
    : [];
  return [
    act('block.alloc', 'h'),
    ...(random.percent(40)
      ? [{ op: 'atomic.store', on: 'hx', value: 1 } satisfies Instruction]
      : []),
    { op: 'atomic.store', on: pointer, value: 1 },
    ...withdraw,
    ...(random.percent(70) ? [act('block.free', 'h')] : []),
  ];
};

const spawning: Fragment = (draft) => {
  const { random } = draft;
  if (draft.nested || draft.spawnable.length >= 2) return access(draft);
  const name = `S${String(draft.spawnable.length)}`;
  draft.nested = true;
  // The place is taken first, so that what the body makes cannot take it.
  const body: Instruction[] = [];
  draft.spawnable.push({ name, body });
  body.push(...access(draft), ...(random.percent(60) ? guarded(draft) : []));
  if (random.percent(10)) body.splice(0);
  draft.nested = false;
  return [
    { op: 'spawn', on: name },
    ...guarded(draft),
    ...(random.percent(60) ? [{ op: 'join', on: name } satisfies Instruction] : []),
    ...(random.percent(50) ? guarded(draft) : []),
  ];
};

const until: Fragment = (draft) => [
  { op: 'until', condition: draft.condition2() },
  ...(draft.random.percent(40) ? access(draft) : []),
];

const indivisible: Fragment = (draft) => {
  const { random } = draft;
  const effect = (): Effect => ({
    write: draft.atomic(),
    value: random.percent(60)
      ? random.between(1, 2)
      : { peek: draft.atomic(), plus: random.below(2) },
  });
  const to = draft.register();
  return [
    {
      op: 'step',
      ...(random.percent(80) ? { when: draft.condition2() } : {}),
      then: random.percent(75) ? [effect()] : [effect(), effect()],
      ...(random.percent(25) ? { otherwise: [effect()] } : {}),
      to,
    },
    ...(random.percent(20)
      ? [
          {
            op: 'if',
            test: { reg: to, is: '==', than: 1 },
            then: access(draft),
          } satisfies Instruction,
        ]
      : []),
  ];
};

const choosing: Fragment = (draft) => {
  const to = draft.register();
  const { random } = draft;
  return [
    { op: 'choose', values: random.between(2, 3), to },
    random.percent(60)
      ? { op: 'atomic.store', on: draft.atomic(), value: { reg: to } }
      : { op: 'if', test: { reg: to, is: '==', than: 0 }, then: access(draft) },
  ];
};

const pause: Fragment = () => [{ op: 'pause' }];

const assertion: Fragment = (draft) => {
  const to = draft.register();
  const than = draft.random.between(1, 3);
  return [
    { op: 'atomic.load', on: draft.atomic(), to },
    { op: 'assert', test: { reg: to, is: '!=', than }, message: `not ${String(than)}` },
  ];
};

/** What nobody should do. */
const mistake: Fragment = (draft) => {
  const { random } = draft;
  switch (random.below(9)) {
    case 0:
      return [act('mutex.unlock', draft.mutex())];
    case 1: {
      const on = draft.mutex();
      return [act('mutex.lock', on), ...access(draft), act('mutex.lock', on)];
    }
    case 2:
      return [act('rwlock.readLock', draft.rwlock()), act('rwlock.writeLock', draft.rwlock())];
    case 3:
      return [act('rwlock.writeUnlock', draft.rwlock())];
    case 4:
      return [act('condition.wait', draft.condition())];
    case 5:
      return [act('rcu.readLock', draft.rcu()), act('rcu.synchronize', draft.rcu())];
    case 6:
      return [act('rcu.readUnlock', draft.rcu())];
    case 7:
      return [
        { op: 'refcount.put', on: draft.refcount() },
        { op: 'refcount.put', on: draft.refcount() },
      ];
    default:
      draft.block();
      return [act('mutex.lock', 'bm'), act('block.free', 'b')];
  }
};

/** What a program can be about: fragments to draw from, the more often named the more often drawn. */
export const topics = {
  variables: [access, access, access, branch, loop],
  locks: [critical, critical, critical, tryCritical, access],
  rwlocks: [readSide, readSide, writeSide, access],
  conditions: [waiter, waiter, waker, waker],
  signals: [signalling, signalling, signalling, access],
  rcu: [section, section, grace, grace, access],
  clock: [time, time, time, access],
  blocks: [
    blockAccess,
    blockAccess,
    blockAccess,
    blockAccess,
    counting,
    counting,
    ending,
    publication,
    publication,
    access,
    access,
  ],
  spawn: [spawning, spawning, access],
  until: [until, access, access],
  step: [indivisible, indivisible, access],
  choose: [choosing, access, access, pause],
  races: [plainAccess, critical, critical, critical, access, access, access, signalling, section],
  failures: [
    assertion,
    assertion,
    assertion,
    mistake,
    access,
    access,
    access,
    access,
    critical,
    critical,
  ],
} as const satisfies Record<string, readonly Fragment[]>;

export type Topic = keyof typeof topics;
