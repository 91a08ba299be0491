import { describe, expect, it } from 'vitest';
import {
  addChild,
  objectInitialize,
  objectNew,
  Qom,
  type QomObject,
  reference,
  unreference,
} from '../../models/index.js';
import type { QdevEvent } from '../../models/qdev/qdev.js';
import { finalizedAtQuiescence } from '../../properties/index.js';
import type { Routine, Sim } from '../../src/index.js';
import { wrongWith } from '../models/support.js';

type Story = (qom: Qom, create: (name: string) => Routine<QomObject>) => Routine;

/** What is wrong when a thread does this with things. */
function wrongAfter(story: Story): string[] {
  return wrongWith((sim) => {
    const qom = new Qom(sim);
    qom.types.register({ name: 'thing', parent: 'object' });
    finalizedAtQuiescence(sim, { qom, type: 'thing' });
    sim.thread('main', () => story(qom, (name) => objectNew(qom, 'thing', name)));
  });
}

describe('finalizedAtQuiescence', () => {
  it('should hold of what went with its last reference, and of what is in the tree', () => {
    const wrong = wrongAfter(function* (qom, create) {
      yield* unreference(yield* create('gone'));
      const child = yield* create('child');
      yield* addChild(yield* objectNew(qom, 'container'), 'child', child);
      yield* unreference(child);
    });
    expect(wrong).toEqual([]);
  });

  it('should name the thread that took a reference and kept it', () => {
    const wrong = wrongAfter(function* (_qom, create) {
      const object = yield* create('thing');
      yield* reference(object);
      yield* unreference(object);
    });
    expect(wrong).toEqual(['assertion: I3: thing is never finalized: held by thread main']);
  });

  it('should name the cycle that keeps an object alive', () => {
    const wrong = wrongAfter(function* (_qom, create) {
      const bridge = yield* create('bridge');
      const window = yield* create('window');
      yield* addChild(bridge, 'window', window);
      yield* unreference(window);
      yield* reference(bridge, window);
      yield* unreference(bridge);
    });
    expect(wrong).toEqual([
      'assertion: I3: bridge is never finalized: held by window, which is held by bridge itself',
    ]);
  });

  it('should say who holds it in the tree, each way once, and what nobody admits', () => {
    const wrong = wrongAfter(function* (qom, create) {
      const bridge = yield* create('bridge');
      yield* addChild(yield* objectNew(qom, 'container'), 'bridge', bridge);
      const nic = yield* create('nic');
      yield* reference(nic, { name: 'window', object: bridge });
      const view = { name: 'a view' };
      yield* reference(nic, view);
      yield* reference(nic, view);
      yield* unreference(nic);
      yield* nic.ref.get();
    });
    const ways = 'held 2 times by a view; held by window; nobody is known to hold 1 of 4';
    expect(wrong).toEqual([`assertion: I3: nic is never finalized: ${ways}`]);
  });

  it('should not tell of references that a thread was to drop that has ended', () => {
    const wrong = wrongAfter(function* (qom, create) {
      yield* create('thing');
      qom.sim.fail('no');
    });
    expect(wrong).toEqual(['assertion: no']);
  });

  it('should see an object whose memory goes before it is finalized', () => {
    const wrong = wrongAfter(function* (qom, create) {
      const whole = yield* create('whole');
      yield* objectInitialize(qom, whole.block.embed('part'), 'thing');
      yield* unreference(whole);
    });
    expect(wrong).toEqual(['assertion: I3: whole.part is never finalized, and its memory is gone']);
  });

  it('should not tell again what ended a thread while it finalized', () => {
    const wrong = wrongAfter(function* (qom) {
      qom.types.register({
        name: 'stubborn',
        parent: 'thing',
        *instanceFinalize() {
          qom.sim.fail('no');
        },
      });
      yield* unreference(yield* objectNew(qom, 'stubborn'));
    });
    expect(wrong).toEqual(['assertion: no']);
  });

  it('should want the end of a device to be told once', () => {
    const telling = (times: number) => (sim: Sim) => {
      const events = sim.atomic<readonly QdevEvent[]>('events', []);
      finalizedAtQuiescence(sim, { qom: new Qom(sim), told: ['nic0'], events });
      sim.thread('main', function* () {
        const event: QdevEvent = { event: 'DEVICE_DELETED', device: 'nic0', path: '/nic0' };
        yield* events.store(Array.from({ length: times }, () => event));
      });
    };
    expect(wrongWith(telling(1))).toEqual([]);
    expect(wrongWith(telling(0))).toEqual(['assertion: I3: the end of nic0 is told 0 times']);
    expect(wrongWith(telling(2))).toEqual(['assertion: I3: the end of nic0 is told 2 times']);
  });
});
