import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ScenarioEntry } from '../../scenarios/entry.js';
import { designs, notExecutable } from '../../scenarios/locking/designs.js';
import { checkFamily } from './check-family.js';

// Through ports and back takes as long as all others together, and is the same for most.
const few = ({ design, hazard }: ScenarioEntry): boolean =>
  hazard.name !== 'ports-and-back' || ['D28', 'D28a'].includes(design.id);

checkFamily('locking', 10, few);

describe('locking', () => {
  it('should account for every number of the debate that is about locks or reprogramming', () => {
    const numbers = designs.filter(({ id }) => id !== 'head').map(({ id }) => id.slice(0, 3));
    const all = [...new Set(numbers), ...Object.keys(notExecutable)];
    expect(all.sort()).toEqual(['D27', 'D28', 'D30', 'D31', 'D32', 'D36', 'D37']);
  });

  it('should name tests that are there', () => {
    for (const reason of Object.values(notExecutable)) {
      const [file] = /test\/\S+\.ts/.exec(reason) ?? [];
      if (file !== undefined) expect(existsSync(file)).toBe(true);
    }
  });
});
