import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { Identities, Session } from '../../src/engine/session.js';

/** What is named: by creator and sequence, or by nothing. */
const names = fc.array(fc.option(fc.tuple(fc.nat(4), fc.nat(4))), { maxLength: 20 });

function nameAll(
  identities: Identities,
  all: readonly (readonly [number, number] | null)[],
): number[] {
  return all.map((name) => (name === null ? identities.fresh() : identities.of(...name)));
}

describe('identities', () => {
  test.prop([names])('should be dense, and one for each name', (all) => {
    const identities = new Identities();
    const given = nameAll(identities, all);
    const unnamed = all.filter((name) => name === null).length;
    const named = new Set(all.filter((name) => name !== null).map(String));
    expect(identities.size).toBe(unnamed + named.size);
    expect([...new Set(given)].sort((a, b) => a - b)).toEqual(
      Array.from({ length: identities.size }, (_, i) => i),
    );
    all.forEach((name, i) => {
      if (name !== null) expect(identities.of(...name)).toBe(given[i]);
    });
  });

  test.prop([names, names])(
    'should go on after they were saved as if they had not been',
    (a, b) => {
      const kept = new Identities();
      nameAll(kept, a);
      const saved = kept.save();
      const restored = new Identities();
      restored.restore(JSON.parse(JSON.stringify(saved)) as typeof saved);
      expect(restored.save()).toEqual(saved);
      expect(nameAll(restored, [...a.filter((name) => name !== null), ...b])).toEqual(
        nameAll(kept, [...a.filter((name) => name !== null), ...b]),
      );
    },
  );
});

describe('a session', () => {
  it('should go on after it was saved as if it had not been', () => {
    const session = new Session();
    session.objects.of(0, 1);
    session.threads.of(2, 0);
    session.threads.fresh();
    session.detectRaces = true;
    session.reachable.set('hit', true).set('missed', false);
    const restored = new Session();
    restored.restore(session.save());
    expect(restored).toEqual(session);
    expect(new Session()).not.toEqual(session);
  });
});
