export { parseJson } from './json/parser.js';
export type { Message, MonitorEvent, Reply } from './message.js';
export { Monitor } from './monitor.js';
export { Pc, type PcOptions } from './pc.js';
export { QTest } from './qtest.js';
export { RunState } from './run-state.js';
export { type QemuVersion, versions } from './version.js';
export type { Vm } from './vm.js';
