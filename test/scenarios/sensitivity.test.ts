import { describe, expect, it } from 'vitest';
import {
  clearInFinalize,
  type MigrationDesign,
  pointerMutex,
  upstream,
} from '../../models/index.js';
import { type Hazard, scenarioOf } from '../../scenarios/migration/hazard.js';
import { shutdownVsUnlockedHelper } from '../../scenarios/migration/hazards/shutdown-vs-helper.js';
import { shutdownVsRunning } from '../../scenarios/migration/hazards/shutdown-vs-running.js';
import { explore } from '../../src/index.js';

// Designs that hold, each with one thing taken away: a hazard that still verified them would be no hazard.

/** The kinds of what is wrong, in order. */
function kindsOf(hazard: Hazard, design: MigrationDesign): string[] {
  const report = explore(scenarioOf(hazard, design, 'a test', ''), {
    seed: 1,
    stopAfter: Infinity,
  });
  return [...new Set(report.violations.map(({ kind }) => kind))].sort();
}

describe('hazards', () => {
  it('should notice a mutex that is given back before the object is used', () => {
    const tooShort: MigrationDesign = {
      ...pointerMutex,
      *borrow(migration, locked) {
        const object = yield* pointerMutex.borrow(migration, locked);
        yield* pointerMutex.giveBack(migration, object);
        return object;
      },
      *giveBack() {},
    };
    expect(kindsOf(shutdownVsUnlockedHelper, tooShort)).toEqual(['use-after-free']);
  });

  it('should notice a migration thread without a reference, past the race for the pointer', () => {
    const unreferenced: MigrationDesign = { ...clearInFinalize, *beforeThread() {} };
    expect(kindsOf(shutdownVsRunning, unreferenced)).toEqual([
      'assertion',
      'data-race',
      'use-after-free',
    ]);
  });

  it('should notice a pointer that is reset while the thread still asks it', () => {
    const notJoined: MigrationDesign = {
      ...upstream,
      *release(migration) {
        yield* upstream.release(migration);
        yield* migration.current.write(undefined);
      },
    };
    expect(kindsOf(shutdownVsRunning, notJoined)).toEqual(['assertion', 'data-race']);
  });
});
