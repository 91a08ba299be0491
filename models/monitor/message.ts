import type { ErrorClass } from '../qom/error.js';
import type { QDict, QObject } from '../qom/visitors/qobject.js';

/** What the monitor says of a command. `id` is what the request had. */
export type Reply =
  | { readonly return: QObject; readonly id?: QObject }
  | {
      readonly error: { readonly class: ErrorClass; readonly desc: string };
      readonly id?: QObject;
    };

/** What the monitor says without having been asked. */
export interface MonitorEvent {
  readonly event: string;
  readonly data?: QDict;
}

/** A line of the monitor's output. */
export type Message = Reply | MonitorEvent;
