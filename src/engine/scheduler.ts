import type { Footprint } from './footprint.js';
import type { SimObject } from './object.js';
import type { OperationKind } from './operation.js';
import type { SimThread } from './thread.js';
import type { Finding } from './violation.js';

/** What a scheduler sees of an execution. @internal */
export interface ExecutionView {
  /** The threads that can run, in order of creation; only the first `enabledCount` entries count. */
  readonly enabled: readonly SimThread[];
  readonly enabledCount: number;
  /** All threads so far, in order of creation, ended ones included. */
  readonly threads: readonly SimThread[];
  /** The thread that took the previous step. */
  readonly last: SimThread | undefined;
  /** Steps taken so far. */
  readonly steps: number;
  /** Most steps that an execution may take. */
  readonly maxSteps: number;
  /** What was found so far. */
  readonly findings: readonly Finding[];
  /** What the previous step touched, when the scheduler asked for it. */
  readonly footprint: Footprint | undefined;
  /** What the previous step was. */
  readonly lastStep: { readonly kind: OperationKind; readonly object: SimObject };
  /** Asks for footprints of the following steps, or for none: most steps of a search are repetitions. */
  collect(into: Footprint | undefined): void;
}

/** Decides who runs. The only source of nondeterminism of an execution. @internal */
export interface Scheduler {
  /** One of the threads that can run, or undefined to cut the execution short. */
  pick(view: ExecutionView): SimThread | undefined;
  /** In which of `count` ways the step of `thread` goes: 0 to count - 1. */
  branch(view: ExecutionView, thread: SimThread, count: number): number;
  /** The same execution begins anew. */
  restart?(): void;
  /** Called when the execution is over, however it ended. */
  ended?(view: ExecutionView): void;
  /** Called after each step and the local computation that follows it. */
  stepped?(view: ExecutionView, thread: SimThread, branch: number): void;
}
