import { describe, expect, it } from 'vitest';
import { orders, Small } from './support.js';

const deleted = (id: string) => `DEVICE_DELETED ${id} /machine/peripheral/${id}`;

describe('device_del of a device that goes at once', () => {
  it('should be answered before the event or after it', () => {
    const result = orders((sim) => {
      const small = new Small(sim).cold('scsi-hd', 'tab');
      small.run(small.send('device_del', { id: 'tab' }));
      return small.monitor;
    });
    expect(result.wrong).toEqual([]);
    expect(result.report.complete).toBe(true);
    expect(result.orders).toEqual([
      `${deleted('tab')} | return {}`,
      `return {} | ${deleted('tab')}`,
    ]);
  });

  it('should leave no path, so that a second one finds nothing', () => {
    const result = orders((sim) => {
      const small = new Small(sim).cold('scsi-hd', 'tab');
      small.run([
        ...small.send('device_del', { id: 'tab' }),
        ...small.send('device_del', { id: 'tab' }),
      ]);
      return small.monitor;
    });
    expect(result.wrong).toEqual([]);
    expect(result.orders.every((each) => each.includes("error: Device 'tab' not found"))).toBe(
      true,
    );
  });

  it('should free the id before the event', () => {
    const result = orders((sim) => {
      const small = new Small(sim).cold('scsi-hd', 'tab');
      small.run([
        ...small.send('device_del', { id: 'tab' }),
        ...small.send('device_add', { driver: 'scsi-hd', id: 'tab' }),
      ]);
      return small.monitor;
    });
    expect(result.wrong).toEqual([]);
    // The event of the old device may come last, and comes once; no add fails.
    expect(result.orders).toEqual([
      `${deleted('tab')} | return {} | return {}`,
      `return {} | ${deleted('tab')} | return {}`,
      `return {} | return {} | ${deleted('tab')}`,
    ]);
  });
});

describe('a device_add that fails', () => {
  it('should wait for what was removed before', () => {
    const result = orders((sim) => {
      const small = new Small(sim).cold('scsi-hd', 'tab');
      small.run([
        ...small.send('device_del', { id: 'tab' }),
        ...small.send('device_add', { driver: 'scsi-hd', id: 'x', nosuch: 1 }),
      ]);
      return small.monitor;
    });
    const error = "error: Property 'scsi-hd.nosuch' not found";
    expect(result.wrong).toEqual([]);
    expect(result.orders).toEqual([
      `${deleted('tab')} | return {} | ${error}`,
      `return {} | ${deleted('tab')} | ${error}`,
    ]);
  });
});
