import type { Routine } from '../../src/index.js';
import { failed, type QemuError } from '../qom/error.js';
import { asDict, type QDict, type QObject } from '../qom/visitors/qobject.js';
import { QObjectInput } from '../qom/visitors/qobject-input.js';
import { type Members, type Shape, type Structure, structShape } from '../qom/visitors/shape.js';
import type { Vm } from './vm.js';

/** What a command comes to: what it returns (absent: an empty object), or why it failed. */
export type Answer = QObject | QemuError | undefined | void;

/** A command of the monitor. Upstream: include/qapi/qmp-registry.h:struct QmpCommand. */
export interface MonitorCommand {
  /** Whether it may be executed before there is a machine. */
  readonly preconfig: boolean;
  /** The marshaller: checks the arguments, then executes. */
  readonly run: (vm: Vm, args: QDict) => Routine<Answer>;
}

/** What is said of a command beside its arguments. */
interface CommandOptions {
  readonly preconfig?: boolean;
}

/** A command whose arguments are checked before it sees them: what upstream generates from the schema. */
export function command<const M extends Members>(
  members: M,
  run: (vm: Vm, args: Structure<M>) => Routine<Answer>,
  { preconfig = false }: CommandOptions = {},
): MonitorCommand {
  const shape = structShape(members);
  return {
    preconfig,
    *run(vm, given) {
      const args = shape(new QObjectInput(given), undefined, {} as never);
      return failed(args) ? args : yield* run(vm, args);
    },
  };
}

/** A command that checks its arguments itself (`'gen': false`, or a union that is not spelt out here). */
export function uncheckedCommand(run: (vm: Vm, args: QDict) => Routine<Answer>): MonitorCommand {
  return { preconfig: false, run };
}

/** Any value. Upstream: visit_type_any. */
export const anyShape: Shape<QObject> = (visitor, name, value) =>
  visitor instanceof QObjectInput ? visitor.any(name) : value;

/** A structure as QMP carries it, without members that have no value. */
export function dict(value: object): QDict {
  const known = Object.entries(value).filter(([, each]) => each !== undefined);
  return asDict(Object.fromEntries(known)) ?? {};
}
