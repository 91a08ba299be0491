import { describe, expect, it } from 'vitest';
import { type Message, Pc, type PcOptions } from '../../../models/index.js';
import { explore, type Sim, scenario } from '../../../src/index.js';

/** What a monitor says to some lines, one after the other. */
function said(lines: readonly string[], options: PcOptions = {}): readonly Message[] {
  let all: readonly Message[] = [];
  const setup = (sim: Sim): void => {
    const pc = new Pc(sim, options);
    pc.start({ commands: lines.flatMap((line) => pc.monitor.requests(line)) });
    sim.finally(() => {
      all = pc.monitor.said;
    });
  };
  const one = { strategy: 'random', maxExecutions: 1, seed: 1 } as const;
  const [wrong] = explore(scenario('protocol', setup), one).violations;
  expect(wrong?.property).toBe(undefined);
  return all;
}

const error = (desc: string, errorClass = 'GenericError') => ({
  error: { class: errorClass, desc },
});

const unknown = (name: string) =>
  error(`The command ${name} has not been found`, 'CommandNotFound');

describe('a request', () => {
  it.each<[string, unknown]>([
    ['[]', error('QMP input must be a JSON object')],
    ['7', error('QMP input must be a JSON object')],
    ['{}', error("QMP input lacks member 'execute'")],
    ['{"arguments": {}}', error("QMP input lacks member 'execute'")],
    ['{"execute": 1}', error("QMP input member 'execute' must be a string")],
    [
      '{"execute": "stop", "arguments": []}',
      error("QMP input member 'arguments' must be an object"),
    ],
    ['{"execute": "stop", "extra": 1}', error("QMP input member 'extra' is unexpected")],
    ['{"exec-oob": "stop"}', error("QMP input member 'exec-oob' is unexpected")],
    ['{"execute": "frobnicate"}', unknown('frobnicate')],
    ['{"execute": "Stop"}', unknown('Stop')],
    ['{"execute": stop}', error("JSON parse error, invalid keyword 'stop'")],
    ['{"execute" "stop"}', error('JSON parse error, missing : in object pair')],
    ['{"execute": "stop"]', error('JSON parse error, expected separator in dict')],
    ['STOP', error("JSON parse error, stray 'S'")],
  ])('should be refused if it is %s', (line, reply) => {
    expect(said([line])[0]).toEqual(reply);
  });

  it('should get its id back, whatever that is', () => {
    const [first, second] = said([
      '{"execute": "query-status", "id": {"a": [1]}}',
      '{"execute": "nosuch", "id": null}',
    ]);
    expect(first).toEqual({ return: { status: 'prelaunch', running: false }, id: { a: [1] } });
    expect(second).toEqual({ ...unknown('nosuch'), id: null });
  });

  it('should be one of several in a line', () => {
    expect(said(['{"execute": "query-migrate"} {"execute": "stop"}'])).toEqual([
      { return: {} },
      { return: {} },
    ]);
  });
});

describe('arguments', () => {
  const call = (execute: string, args: object) =>
    said([JSON.stringify({ execute, arguments: args })])[0];

  it.each<[string, object, string]>([
    ['qom-list', {}, "Parameter 'path' is missing"],
    ['qom-list', { path: 1 }, "Invalid parameter type for 'path', expected: string"],
    ['qom-list', { path: '/', more: 1 }, "Parameter 'more' is unexpected"],
    ['qom-get', { path: '/' }, "Parameter 'property' is missing"],
    ['qom-get', { path: '/', property: 'nosuch' }, "Property 'container.nosuch' not found"],
    ['qom-set', { path: '/', property: 'type' }, "Parameter 'value' is missing"],
    [
      'qom-set',
      { path: '/', property: 'type', value: 'x' },
      "Property 'container.type' is not writable",
    ],
    [
      'qom-list-types',
      { abstract: 'yes' },
      "Invalid parameter type for 'abstract', expected: boolean",
    ],
    [
      'qom-list-properties',
      { typename: null },
      "Invalid parameter type for 'typename', expected: string",
    ],
    ['device-list-properties', {}, "Parameter 'typename' is missing"],
    ['object-add', {}, "Parameter 'qom-type' is missing"],
    ['object-add', { 'qom-type': 'iothread' }, "Parameter 'id' is missing"],
    ['object-add', { 'qom-type': 3 }, "Invalid parameter type for 'qom-type', expected: string"],
    ['object-add', { 'qom-type': 'iothread', id: 'a', x: 1 }, "Parameter 'x' is unexpected"],
    [
      'object-add',
      { 'qom-type': 'rng-random', id: 'a', filename: 1 },
      "Invalid parameter type for 'filename', expected: string",
    ],
    ['object-del', { id: [] }, "Invalid parameter type for 'id', expected: string"],
    ['device_add', {}, "Parameter 'driver' is missing"],
    ['device_add', { driver: 1 }, "Parameter 'driver' is missing"],
    ['device_add', { driver: 'e1000', id: '9' }, "Parameter 'id' expects an identifier"],
    ['device_add', { driver: 'e1000', x: true }, "Property 'e1000.x' not found"],
    ['device_add', { driver: 'e1000', bus: 'b' }, "Bus 'b' not found"],
    ['device_del', {}, "Parameter 'id' is missing"],
    ['device_del', { id: 'a', force: true }, "Parameter 'force' is unexpected"],
    ['migrate', {}, "Parameter 'uri' is missing"],
    ['system_reset', { now: true }, "Parameter 'now' is unexpected"],
    ['quit', { a: 1 }, "Parameter 'a' is unexpected"],
    [
      'migrate-set-capabilities',
      { capabilities: [{ capability: 'events' }] },
      "Parameter 'capabilities[0].state' is missing",
    ],
    [
      'migrate-set-parameters',
      { 'max-bandwidth': 'fast' },
      "Parameter 'max-bandwidth' expects uint64",
    ],
  ])('of %s should be refused if they are %j', (execute, args, desc) => {
    expect(call(execute, args)).toEqual(error(desc));
  });

  it('should lead to types and their parents', () => {
    expect(call('qom-list-types', { implements: 'x86-iommu', abstract: true })).toEqual({
      return: [
        { name: 'x86-iommu', abstract: true, parent: 'sys-bus-device' },
        { name: 'intel-iommu', parent: 'x86-iommu' },
        { name: 'amd-iommu', parent: 'x86-iommu' },
      ],
    });
    expect(call('qom-list-types', { implements: 'x86-iommu' })).toEqual({
      return: [
        { name: 'intel-iommu', parent: 'x86-iommu' },
        { name: 'amd-iommu', parent: 'x86-iommu' },
      ],
    });
  });
});

describe('capabilities', () => {
  const capabilities = '{"execute": "qmp_capabilities"}';
  const expecting = error(
    "Expecting capabilities negotiation with 'qmp_capabilities'",
    'CommandNotFound',
  );

  it('should be negotiated before anything else, and once', () => {
    const lines = ['{"execute": "stop"}', '{"execute": "nosuch"}', capabilities, capabilities];
    expect(said(lines, { negotiate: true })).toEqual([
      expecting,
      expecting,
      { return: {} },
      error('Capabilities negotiation is already complete, command ignored', 'CommandNotFound'),
    ]);
  });

  it('should not hide that a request is malformed', () => {
    expect(said(['{"execute": 1}', '%'], { negotiate: true })).toEqual([
      error("QMP input member 'execute' must be a string"),
      error("JSON parse error, stray '%'"),
    ]);
  });

  it('should be none that is not offered', () => {
    const enable = (list: string) =>
      `{"execute": "qmp_capabilities", "arguments": {"enable": ${list}}}`;
    expect(said([enable('["oob"]'), enable('1'), enable('[]')], { negotiate: true })).toEqual([
      error('Capability oob not available'),
      error("Invalid parameter type for 'enable', expected: array"),
      { return: {} },
    ]);
  });
});

describe('stop, cont and query-status', () => {
  it('should tell of what changes, and of nothing else', () => {
    const lines = [
      'query-status',
      'stop',
      'stop',
      'query-status',
      'cont',
      'cont',
      'query-status',
    ].map((execute) => JSON.stringify({ execute }));
    expect(said(lines, { start: 'running' })).toEqual([
      { return: { status: 'running', running: true } },
      { event: 'STOP' },
      { return: {} },
      { return: {} },
      { return: { status: 'paused', running: false } },
      { event: 'RESUME' },
      { return: {} },
      { return: {} },
      { return: { status: 'running', running: true } },
    ]);
  });
});

describe('quit', () => {
  it('should be told before it is answered, and nothing follows', () => {
    expect(said(['{"execute": "quit"}', '{"execute": "stop"}'])).toEqual([
      { event: 'SHUTDOWN', data: { guest: false, reason: 'host-qmp-quit' } },
      { return: {} },
    ]);
  });
});
