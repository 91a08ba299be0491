import { describe, expect, it } from 'vitest';
import { type Command, Pc, type PcOptions, QTest } from '../../../models/index.js';
import type { Sim } from '../../../src/index.js';
import { orders } from './support.js';

type Sent = readonly [execute: string, args?: object] | string;

/** A PC that is told some things, commands or lines of qtest; the orders of what it says, over all schedules. */
function told(
  sent: readonly Sent[],
  options: PcOptions = {},
): { orders: string[]; wrong: string[] } {
  const result = orders((sim: Sim) => {
    const pc = new Pc(sim, options);
    const qtest = new QTest(pc);
    const commands = sent.flatMap((each): Command[] =>
      typeof each === 'string'
        ? [qtest.line(each)]
        : pc.monitor.request({ execute: each[0], arguments: { ...each[1] } }),
    );
    pc.start({ commands });
    return pc.monitor;
  });
  if (!result.report.complete) throw new Error('not the whole space was explored');
  return result;
}

const deleted = (path: string, id?: string) =>
  ['DEVICE_DELETED', id, `/machine/peripheral/${path}`]
    .filter((each) => each !== undefined)
    .join(' ');

const reset = 'RESET host-qmp-system-reset';
const ok = 'return {}';

/** All ways to put some things in order into a sequence that begins with one of them. */
function within(sequence: readonly string[], others: readonly string[]): string[] {
  const [first, ...rest] = sequence;
  const [other, ...left] = others;
  if (first === undefined) return [others.join(' | ')];
  if (other === undefined) return [sequence.join(' | ')];
  return [
    ...within(rest, others).map((each) => [first, each].join(' | ')),
    ...within(sequence, left).map((each) => [other, each].join(' | ')),
  ];
}

describe('a PCI device of a pc', () => {
  const devices = [{ driver: 'e1000', id: 'e', addr: '5' }];

  it('should go when the guest ejects it, which it learns from a register', () => {
    const answers: (readonly string[])[] = [];
    const result = orders((sim: Sim) => {
      const pc = new Pc(sim, { devices });
      const qtest = new QTest(pc);
      pc.start({
        commands: [
          ...pc.monitor.request({ execute: 'device_del', arguments: { id: 'e' } }),
          qtest.line('inl 0xae04'),
          qtest.line('outl 0xae08 0x20'),
        ],
      });
      sim.finally(() => answers.push(qtest.said));
      return pc.monitor;
    });
    expect(result.wrong).toEqual([]);
    expect(result.orders).toEqual([`${ok} | ${deleted('e', 'e')}`]);
    for (const each of answers) expect(each).toEqual(['OK 0x0020', 'OK']);
  });

  it('should go at a reset, which is told before it', () => {
    const result = told([['device_del', { id: 'e' }], ['system_reset']], { devices });
    expect(result.wrong).toEqual([]);
    expect(result.orders).toEqual(
      within([ok], [deleted('e', 'e')])
        .map((each) => `${ok} | ${reset} | ${each}`)
        .sort(),
    );
  });

  it('should stay where nobody ejects it', () => {
    const result = told(
      [
        ['device_del', { id: 'e' }],
        ['device_del', { id: 'e' }],
      ],
      { devices },
    );
    expect(result.wrong).toEqual([]);
    expect(result.orders).toEqual([`${ok} | error: Device e is already in the process of unplug`]);
  });
});

describe('what is part of a device', () => {
  const options: PcOptions = {
    blockdevs: ['n0'],
    devices: [
      { driver: 'virtio-scsi-pci', id: 'hs' },
      { driver: 'scsi-hd', id: 'hd', drive: 'n0' },
    ],
  };

  it('should be told before the device, the innermost first', () => {
    const result = told([['device_del', { id: 'hs' }], ['system_reset']], options);
    expect(result.wrong).toEqual([]);
    const events = [deleted('hd', 'hd'), deleted('hs/virtio-backend'), deleted('hs', 'hs')];
    expect(result.orders).toEqual(
      within([ok], events)
        .map((each) => `${ok} | ${reset} | ${each}`)
        .sort(),
    );
  });

  it('should not go by itself', () => {
    const id = '/machine/peripheral/hs/virtio-backend';
    const result = told([['device_del', { id }]], options);
    expect(result.wrong).toEqual([]);
    expect(result.orders).toEqual(["error: Bus 'virtio-bus' does not support hotplugging"]);
  });

  it('should be an abort before 10.0 if no handler is responsible for it', () => {
    const del: Sent = ['device_del', { id: '/machine/peripheral/x/xhci-core' }];
    const devices = [{ driver: 'qemu-xhci', id: 'x' }];
    const before = told([del], { version: '7.2', devices });
    expect(before.wrong).toEqual(['assertion: qdev_unplug: no hot-plug handler']);
    const after = told([del], { version: '10.0', devices });
    expect(after.wrong).toEqual([]);
    const error = "error: Device 'base-xhci' can not be hotplugged on this machine";
    expect(after.orders).toEqual([error]);
  });
});

describe('what a device uses', () => {
  it('should be busy until the device is finalized', () => {
    const sent: Sent[] = [
      ['device_del', { id: 'hd' }],
      ['blockdev-del', { 'node-name': 'n0' }],
    ];
    const devices = [
      { driver: 'virtio-scsi-pci', id: 'hs' },
      { driver: 'scsi-hd', id: 'hd', drive: 'n0' },
    ];
    const result = told(sent, { blockdevs: ['n0'], devices });
    expect(result.wrong).toEqual([]);
    const event = deleted('hd', 'hd');
    const busy = 'error: Node n0 is in use';
    expect(result.orders).toEqual(
      [
        `${event} | ${ok} | ${ok}`,
        `${ok} | ${event} | ${ok}`,
        `${ok} | ${busy} | ${event}`,
        `${ok} | ${event} | ${busy}`,
      ].sort(),
    );
  });
});
