import { describe, expect, it } from 'vitest';
import { Pc, type PcOptions, type QemuVersion } from '../../../models/index.js';
import { explore, type Sim, scenario } from '../../../src/index.js';
import { brief } from '../monitor/support.js';

type Sent = readonly [execute: string, args: Readonly<Record<string, string | boolean | number>>];

/** What a q35 says to some commands. */
function said(options: PcOptions, ...sent: readonly Sent[]): string[] {
  let lines: string[] = [];
  const setup = (sim: Sim): void => {
    const pc = new Pc(sim, { machine: 'q35', ...options });
    const commands = sent.flatMap(([execute, args]) =>
      pc.monitor.request({ execute, arguments: args }),
    );
    pc.start({ commands });
    sim.finally(() => {
      lines = pc.monitor.said.map(brief);
    });
  };
  const once = { strategy: 'random', maxExecutions: 1, seed: 1 } as const;
  const { violations } = explore(scenario('properties', setup), once);
  return [...lines, ...violations.map(({ property }) => property)];
}

const get = (path: string, property: string): Sent => ['qom-get', { path, property }];
const set = (path: string, property: string, value: string | boolean): Sent => [
  'qom-set',
  { path, property, value },
];

const io = '/machine/peripheral/io';
const iommu = (more: Readonly<Record<string, string>> = {}, version: QemuVersion = '7.2') => ({
  version,
  devices: [{ driver: 'intel-iommu', id: 'io', ...more }],
});

describe('properties of devices', () => {
  it('should read as what was said, or as they are by default, or as decided at realize', () => {
    const answers = said(
      iommu({ pt: 'off', 'aw-bits': '48' }),
      ...['pt', 'aw-bits', 'device-iotlb', 'intremap', 'eim'].map((name) => get(io, name)),
    );
    expect(answers).toEqual(['false', '48', 'false', '"on"', '"off"'].map((v) => `return ${v}`));
  });

  it('should not be set after realize', () => {
    const refused = "Attempt to set property 'pt' on device 'io' (type 'intel-iommu')";
    expect(said(iommu(), set(io, 'pt', false), get(io, 'pt'))).toEqual([
      `error: ${refused} after it was realized`,
      'return true',
    ]);
  });

  it.each([
    ['aw-bits', '300', "Parameter 'aw-bits' expects uint8_t"],
    ['eim', 'maybe', "Parameter 'eim' does not accept value 'maybe'"],
    ['pt', '7', "Parameter 'pt' expects 'on' or 'off'"],
    ['aw-bits', '40', 'Supported values for aw-bits are: 39, 48'],
    ['eim', 'on', 'eim=on requires accel=kvm,kernel-irqchip=split'],
    ['x-pasid-mode', 'on', 'Need to set scalable mode for PASID'],
  ])('should be of their kind, and go together: %s=%s', (name, value, message) => {
    expect(said(iommu({ [name]: value }))).toEqual([`qemu_init: ${message}`]);
  });

  it('should be what the release has', () => {
    const unknown = "qemu_init: Property 'intel-iommu.fs1gp' not found";
    expect(said(iommu({ fs1gp: 'off' }))).toEqual([unknown]);
    expect(said(iommu({ fs1gp: 'off' }, '10.0'))).toEqual([]);
  });

  it('should be there for PCI devices', () => {
    const path = '/machine/peripheral/r';
    const devices = [{ driver: 'e1000', id: 'r', addr: '1', rombar: '0' }];
    const names = ['rombar', 'romsize', 'romfile', 'legacy-addr', 'busnr'];
    expect(said({ devices }, ...names.map((name) => get(path, name)))).toEqual(
      ['0', '4294967295', '""', '"01.0"', '0'].map((value) => `return ${value}`),
    );
  });
});

describe('a region of memory', () => {
  it('should show where it is', () => {
    const devices = [{ driver: 'e1000', id: 'e' }];
    const names = ['container', 'addr', 'priority'];
    const region = '/machine/peripheral/e/bus master[0]';
    expect(said({ devices }, ...names.map((name) => get(region, name)))).toEqual([
      'return "/machine/peripheral/e/bus master container[0]"',
      'return 0',
      'return 0',
    ]);
    expect(said({ devices }, get('/machine/peripheral/e/mmio[0]', 'container'))).toEqual([
      'return ""',
    ]);
  });
});
