import type { ExitCode } from '../exit.js';

/** What the worker says to the thread that owns the terminal. */
export type FromWorker =
  | { readonly kind: 'out' | 'log' | 'progress'; readonly text: string }
  | { readonly kind: 'end'; readonly code: ExitCode };

/** What the worker is started with. */
export interface WorkerStart {
  readonly args: readonly string[];
  /** One 32-bit word, not 0 once the user asked to stop. */
  readonly interrupt: SharedArrayBuffer;
  readonly outIsTerminal: boolean;
  readonly logIsTerminal: boolean;
  readonly columns: number | undefined;
  readonly self: string;
}
