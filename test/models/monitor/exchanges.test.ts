import { describe, expect, it } from 'vitest';
import type { QemuVersion } from '../../../models/index.js';
import { converse, type Exchange, expectedOf, shapeExpected, shapeOf } from './exchange.js';
import { introspection } from './exchanges/introspection.js';
import { beforeQuit, incoming, migration, preconfig } from './exchanges/migration.js';
import { objectsAndDevices } from './exchanges/objects-and-devices.js';

const exchanges = [introspection, objectsAndDevices, migration, beforeQuit, incoming, preconfig];

describe.each(exchanges)('the recorded exchange $name', (exchange) => {
  it.each(exchange.versions)('should be had with the model of %s', (version) => {
    const expected = recorded(exchange, version);
    for (const outcomes of converse(exchange, version)) {
      const had = exchange.steps.map((step, i) => {
        const { events = [], replies = [], answers = [] } = outcomes[i] ?? {};
        if ('qtest' in step) return { step: step.qtest, reply: answers[0], events };
        const reply = shapeOf(replies[0], expectedOf(step.reply, version));
        const { perhaps = [] } = step;
        const told = events.filter((each) => !perhaps.includes(each));
        return { step: nameOfStep(step), reply, events: told };
      });
      expect(had).toEqual(expected);
    }
  });
});

/** What is expected of each step. */
function recorded({ steps }: Exchange, version: QemuVersion): unknown[] {
  return steps.map((step) => {
    const { events = [] } = step;
    const told = Array.isArray(events)
      ? events
      : (events as Readonly<Record<QemuVersion, readonly string[]>>)[version];
    if ('qtest' in step) return { step: step.qtest, reply: step.reply, events: told };
    const reply = shapeExpected(expectedOf(step.reply, version));
    return { step: nameOfStep(step), reply, events: told };
  });
}

function nameOfStep({ send, args = {} }: { send: string; args?: object }): string {
  return `${send} ${JSON.stringify(args)}`;
}
