import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { allSites, keyOf, sitesIn } from '../../tools/necessity/sites.js';
import { listedIn, tableInto } from '../../tools/necessity/table.js';

const readme = readFileSync('models/README.md', 'utf8');

describe('sites', () => {
  it('should be calls that hold, let go, lock, wait or publish, by the function that they are in', () => {
    const text = `
      /** bus_add_child: adds. */
      export function* add(bus: Bus, device: Device): Routine {
        yield* reference(device, bus);
        yield* bus.lock.lock();
        yield* bus.children.store(device);
        yield* bus.lock.unlock();
        yield* bus.count.store(1);
      }
      class Bus {
        *remove(device: Device): Routine {
          yield* this.machine.callRcu.call(() => unreference(device));
          if (yield* device.ref.put()) yield* unreference(device);
        }
      }`;
    expect(sitesIn('bus.ts', text).map(({ upstream, dropped }) => [upstream, dropped])).toEqual([
      ['bus_add_child', 'reference(device, bus)'],
      ['bus_add_child', 'bus.lock.lock()'],
      ['bus_add_child', 'bus.children.store(device)'],
      ['remove', 'this.machine.callRcu.call(() => unreference(device))'],
      ['remove', 'unreference(device)'],
      ['remove', 'device.ref.put()'],
      ['remove', 'unreference(device) (2)'],
    ]);
  });

  it('should be joins, and writes that clear', () => {
    const text = `function* f() {
      yield* thread.join();
      yield* pointer.write(undefined);
      yield* pointer.write(object);
      names.join();
    }`;
    const dropped = sitesIn('f.ts', text).map((site) => site.dropped);
    expect(dropped).toEqual(['thread.join()', 'pointer.write(undefined)']);
  });

  it('should have a lock and its unlock as one', () => {
    const text = 'function* f() { yield* a.lock(); yield* a.unlock(); yield* b.lock(); }';
    expect(sitesIn('f.ts', text).map(({ places }) => places.length)).toEqual([2, 1]);
  });
});

describe('the table of what each line is for', () => {
  it('should list every site of the models, and nothing else', () => {
    expect(listedIn(readme)).toEqual(allSites().map(keyOf));
  });

  it('should list what is put into it', () => {
    const [site] = sitesIn('f.ts', 'function* f() { yield* reference(a ?? b || c); }');
    if (site === undefined) throw new Error('no site');
    const finding = { site: { ...site, id: 0 }, noticed: undefined, passed: true };
    const text = tableInto(readme, [finding], { [keyOf(site)]: 'a reason' });
    expect(listedIn(text)).toEqual([keyOf(site)]);
    expect(text).toContain('no verdict changes: a reason');
  });

  it('should give a reason where nothing notices', () => {
    for (const line of readme.split('\n')) {
      expect(line).not.toMatch(/(no verdict changes|no scenario comes here) *\|$/);
    }
  });
});
