import { describe, expect, it } from 'vitest';
import {
  type DeviceOptions,
  failed,
  QemuError,
  qdevDeviceAdd,
  singletonDesigns,
  type TypeInfo,
  unreference,
} from '../../../models/index.js';
import type { Routine, Sim } from '../../../src/index.js';
import { Bench } from '../qdev/support.js';
import { wrongWith } from '../support.js';

/** Two disks of one kind, of which there can be one; one of them may fail to be realized. */
const shared: TypeInfo = { name: 'shared-hd', parent: 'scsi-hd', interfaces: ['singleton'] };

function broken(works: () => boolean): TypeInfo {
  const realize = function* (): Routine<QemuError | undefined> {
    return works() ? undefined : new QemuError('no medium');
  };
  return { name: 'other-hd', parent: 'shared-hd', realize } as TypeInfo;
}

/** What device_add answers with each design: an error, or that the device is there. */
function answers(
  commands: (add: (options: DeviceOptions) => Routine) => Routine,
  works: () => boolean = () => true,
): Record<string, string> {
  const found: Record<string, string> = {};
  for (const design of singletonDesigns) {
    let said: string[] = [];
    const wrong = wrongWith((sim: Sim) => {
      const bench = new Bench(sim, { types: [shared, broken(works)] });
      bench.machine.qom.singletons.use(design, bench.machine.bigLock);
      bench.run(function* () {
        said = [];
        yield* commands(function* (options) {
          const device = yield* qdevDeviceAdd(bench.qdev, options);
          said.push(failed(device) ? device.desc : 'added');
          if (!failed(device)) yield* unreference(device);
        });
      });
    });
    found[design.name] = [...wrong, ...said].join(', ');
  }
  return found;
}

describe('device_add of a singleton', () => {
  it('should refuse a sibling of the one that exists, where the design says so', () => {
    const found = answers(function* (add) {
      yield* add({ driver: 'shared-hd', id: 'a' });
      yield* add({ driver: 'other-hd', id: 'b' });
    });
    const said = (text: string) => `added, ${text}`;
    const refused = said("there is an instance of the singleton 'shared-hd' already");
    const inactive = said('at most one shared-hd device is permitted');
    expect(found).toEqual({
      'no-singletons': said('added'),
      'cleared-in-finalize': said('added'),
      'type-registry': said('added'),
      'pre-plug-guard': inactive,
      'unique-when-active': inactive,
      'first-version': refused,
      'second-version': refused,
      'locked-hooks': refused,
      'fallible-new': refused,
      'resolved-in-tree': refused,
      'set-in-init': 'assertion: object_new: a second instance of "shared-hd", added',
      'glib-constructor': expect.stringContaining('assertion: ') as string,
    });
  });

  it('should let a failed one be followed by another, unless its pointer is kept', () => {
    const found = answers(
      function* (add) {
        yield* add({ driver: 'other-hd', id: 'a' });
        yield* add({ driver: 'shared-hd', id: 'b' });
      },
      () => false,
    );
    expect(found['pre-plug-guard']).toBe('no medium, at most one shared-hd device is permitted');
    expect(found['unique-when-active']).toBe('no medium, added');
    expect(found['no-singletons']).toBe('no medium, added');
  });
});
