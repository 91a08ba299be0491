import { describe, expect, it } from 'vitest';
import { Pc, type PcOptions, type QemuVersion, type QomObject } from '../../../models/index.js';
import { explore, type Report, type Sim, scenario } from '../../../src/index.js';
import { found } from '../support.js';
import { brief } from './support.js';

const once = { strategy: 'random', maxExecutions: 1, seed: 1 } as const;

/** What introspection of a type by each of the commands comes to: errors in short, or whether it is a list; and what is wrong. */
function introspect(version: QemuVersion, typename: string): { said: string[]; wrong: string[] } {
  let said: string[] = [];
  const setup = (sim: Sim): void => {
    const pc = new Pc(sim, { version });
    const ask = (execute: string) => pc.monitor.request({ execute, arguments: { typename } });
    pc.start({ commands: [...ask('qom-list-properties'), ...ask('device-list-properties')] });
    sim.finally(() => {
      said = pc.monitor.said.map((line) => ('return' in line ? 'a list' : brief(line)));
    });
  };
  return { wrong: found(explore(scenario(typename, setup), once)), said };
}

/** Introspects every type that can be told of, except some; what is said to any of it but a list, and what is left behind. */
function introspectAll(options: PcOptions, except: readonly string[]): Report & { left: string[] } {
  const left: string[] = [];
  const setup = (sim: Sim): void => {
    const pc = new Pc(sim, options);
    const before = new Set<QomObject>();
    const types: string[] = [];
    const living = () => [...pc.machine.qom.made].filter(({ finalized }) => !finalized);
    const listTypes = function* () {
      const reply = yield* pc.monitor.execute({ execute: 'qom-list-types' });
      const entries = ('return' in reply ? reply.return : []) as readonly {
        readonly name: string;
      }[];
      types.push(...entries.map(({ name }) => name));
      yield* sim.step('what there is', () => {
        for (const object of living()) before.add(object);
      });
    };
    const askAll = function* () {
      for (const typename of types.filter((each) => !except.includes(each))) {
        for (let i = 0; i < 2; i++) {
          const request = { execute: 'qom-list-properties', arguments: { typename } };
          const reply = yield* pc.monitor.execute(request);
          sim.assert('return' in reply && Array.isArray(reply.return), `no list for ${typename}`);
        }
      }
    };
    pc.start({ commands: [{ execute: listTypes }, { execute: askAll }] });
    sim.finally(() => {
      left.push(
        ...living()
          .filter((each) => !before.has(each))
          .map(({ name }) => name),
      );
      left.push(
        ...[...before].filter(({ finalized }) => finalized).map(({ name }) => `no ${name}`),
      );
      left.push(...pc.monitor.said.map(brief));
      sim.assert(types.length > 25, () => `only ${types.length} types`);
    });
  };
  return { ...explore(scenario('all types', setup), once), left };
}

/** The commands that end the process. */
const killers = ['memory-region-portio-list', 'qio-net-listener'];

describe('introspection', () => {
  it.each<PcOptions>([{ machine: 'pc' }, { machine: 'q35', start: 'running' }])(
    'should leave nothing behind of any type of %j',
    (options) => {
      const { left, violations } = introspectAll(options, killers);
      expect(violations.map(({ property }) => property)).toEqual([]);
      expect(left).toEqual([]);
    },
  );

  it('should end the process at a list of ports, which gives up a region that was never made', () => {
    const { wrong } = introspect('10.2', 'memory-region-portio-list');
    expect(wrong).toEqual(['assertion: object_unref: of a region never made']);
  });

  it.each<[QemuVersion, readonly string[]]>([
    ['7.2', ['assertion: qemu_mutex_destroy: a mutex that was never initialised']],
    ['10.0', []],
    ['10.2', ['assertion: qemu_mutex_destroy: a mutex that was never initialised']],
  ])('should end the process of %s at a listener if it has a mutex', (version, wrong) => {
    const result = introspect(version, 'qio-net-listener');
    expect(result.wrong).toEqual(wrong);
    if (wrong.length > 0) return;
    const noDevice = "error: Parameter 'typename' expects a non-abstract device type";
    expect(result.said).toEqual(['a list', noDevice]);
  });
});
