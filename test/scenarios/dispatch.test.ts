import { describe, expect, it } from 'vitest';
import { labelsOf } from '../../properties/index.js';
import { dispatch } from '../../scenarios/dispatch/index.js';
import { defectOf, standingOf } from '../../src/cli/matrix/cell.js';
import { explore } from '../../src/index.js';
import { checkFamily } from './check-family.js';

// The whole table is compared with its claims by `npm start`. Here a few cells that teach something, to the letter.

/** A cell, by the number of the design and the name of the hazard, and what is wrong in it: nothing, or exactly this. */
const cells: readonly (readonly [id: string, hazard: string, ...found: string[]])[] = [
  ['head', 'unplug-during-dispatch'],
  ['head', 'unplug-of-nested-device'],
  ['head', 'late-callback', 'I7 invariant: I7: no callback once deregistration has returned'],
  ['U2012', 'late-callback'],
  ['U2012', 'callback-unplugs-own-device', 'I1 use-after-free: card'],
  ['U2015', 'unplug-of-nested-device', 'I1 use-after-free: card.function.regs'],
  [
    'D2',
    'unplug-of-embedded-bus',
    'I1 use-after-free: ide.ide.0',
    'I1 use-after-free: ide.ide.0.properties',
    'I1 use-after-free: ide.port',
    'I2 refcount: ide.ide.0.ref',
  ],
  [
    'D1',
    'unplug-of-embedded-bus',
    'I2 refcount: ide.ide.0.ref',
    'assertion: memory_region_transaction_commit: without the big lock',
  ],
  [
    'D3',
    'unplug-during-dispatch',
    'assertion: memory_region_transaction_commit: without the big lock',
  ],
  ['head', 'unplug-of-heap-region', 'I1 use-after-free: quirk.regs'],
  ['head', 'callbacks-changed', 'I13 invariant: I13: a dispatch sees one state of a region'],
  ['D29', 'callbacks-changed'],
  ['D17', 'change-after-move'],
  ['D18', 'change-after-move', 'I13 assertion: I13: a callback sees half of a change'],
  ['D5', 'reader-waits-for-big-lock', 'I4 deadlock: BQL, RCU'],
  ['D14', 'reader-waits-for-big-lock'],
  ['D5', 'late-callback'],
  ['D5', 'callback-removes-own-region', 'I4 deadlock: BQL, no users of card.regs'],
  [
    'D7',
    'callbacks-call-each-other',
    'I12 invariant: I12: locks are taken in one order',
    'I4 deadlock: guard of left, guard of right',
  ],
  ['D12', 'unplug-during-dispatch'],
  ['D12', 'callback-removes-own-region', 'I4 lock-misuse: RCU'],
  ['D12', 'removal-under-device-lock', 'I4 deadlock: RCU, card.lock'],
  ['D13', 'unplug-without-bus'],
  ['D13', 'change-while-deregistered', 'I13 assertion: I13: a callback sees half of a change'],
  ['D29', 'change-while-deregistered'],
  ['D14', 'unplug-during-locking-callback', 'I4 deadlock: BQL, map lock'],
  ['D15', 're-entry-after-bar-write', 'I6 assertion: I6: the old address still reaches the card'],
  [
    'D26',
    'callback-uses-new-map',
    'I6 assertion: I6: the callback does not find what it has moved',
  ],
  ['D19', 'callback-removes-own-region'],
  ['D19', 'callback-unplugs-own-device', 'I1 use-after-free: card'],
  [
    'D19',
    'callbacks-remove-each-other',
    'I4 deadlock: BQL, no users of card.left',
    'I4 deadlock: BQL, no users of card.right',
  ],
  ['D20', 'unplug-during-dispatch', 'I1 use-after-free: nic0'],
  ['D21', 'unplug-during-dispatch'],
  [
    'D21',
    'unplug-during-locking-callback',
    'I12 invariant: I12: locks are taken in one order',
    'I4 deadlock: BQL, card.regs impl.lock',
  ],
  ['D22a', 'unplug-during-dispatch'],
  ['D25', 'late-callback'],
];

checkFamily('dispatch', 10, ({ design }) => design.id === 'D12');

/** One of thirty of all cells, spread over rows and columns. */
const sample = dispatch.entries
  .filter((_, n) => n % 30 === 7)
  .map((entry) => [entry.scenario.name, entry] as const);

describe('dispatch', () => {
  it.each(sample)('should find in %s what is claimed or recorded', (_, entry) => {
    const report = explore(entry.scenario, { seed: 1, ...entry.options });
    const cell = { entry, report, examples: [] };
    expect(report.complete).toBe(true);
    expect(defectOf(cell)).toBeUndefined();
    expect(['claimed', 'recorded', 'unclaimed']).toContain(standingOf(cell));
  });

  it.each(cells)('should find in %s under %s what is known', (id, hazard, ...found) => {
    const entry = dispatch.entries.find(
      (each) => each.design.id === id && each.hazard.name === hazard,
    );
    if (entry === undefined) throw new Error('no such cell');
    const report = explore(entry.scenario, { seed: 1, ...entry.options });
    const texts = report.violations.map((violation) =>
      [...labelsOf(violation), `${violation.kind}: ${violation.property}`].join(' '),
    );
    expect([...new Set(texts)].sort()).toEqual([...found].sort());
    expect(report).toMatchObject({ complete: true, redundant: 0 });
    if (found.length === 0) expect(report.warnings).toEqual([]);
  });
});
