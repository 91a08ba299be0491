import type { Plain } from '../../src/index.js';
import type { Machine } from '../machine.js';
import type { QemuClock, TimerList } from '../mainloop/timer.js';
import type { AddressSpace } from '../memory/address-space.js';
import type { IncomingChannel } from '../migration/incoming.js';
import type { Migration } from '../migration/migration.js';
import type { Qdev } from '../qdev/qdev.js';
import type { BlockNodes } from './block-nodes.js';
import type { RunState } from './run-state.js';
import type { VersionFacts } from './version.js';

/** An incoming migration that is to come. */
export interface Incoming {
  readonly channel: IncomingChannel;
  /** Whether management has said where it comes from. */
  readonly started: Plain<boolean>;
}

/** What the monitor's commands work on. */
export interface Vm {
  readonly machine: Machine;
  readonly qdev: Qdev;
  readonly runState: RunState;
  readonly version: VersionFacts;
  /** Absent: a process that cannot migrate. */
  readonly migration?: Migration;
  /** Absent: a process that does not wait for the state of another machine. */
  readonly incoming?: Incoming;
  readonly blockNodes?: BlockNodes;
  /** What `in` and `out` reach. */
  readonly ports?: AddressSpace;
  /** What `read` and `write` reach. */
  readonly memory?: AddressSpace;
  /** Virtual time, and who waits for it. */
  readonly time?: { readonly clock: QemuClock; readonly lists: readonly TimerList[] };
}
