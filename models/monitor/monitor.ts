import type { Atomic, Plain, Routine } from '../../src/index.js';
import type { Command } from '../mainloop/aio-context.js';
import { failed, QemuError } from '../qom/error.js';
import { asDict, type QDict, type QObject } from '../qom/visitors/qobject.js';
import type { Answer, MonitorCommand } from './command.js';
import { commands } from './commands/index.js';
import { parseJson } from './json/parser.js';
import type { Message, MonitorEvent, Reply } from './message.js';
import type { Vm } from './vm.js';

/**
 * One connection to QMP: it executes commands in the main loop, under the big lock, and tells of events from whatever thread they come.
 *
 * A command and its reply are two turns of the main loop. Between the two the loop does what was asked for (a reset, the end of the
 * process) and may give the big lock up, so that events of other threads may come before the reply.
 *
 * Upstream: monitor/qmp.c:monitor_qmp_dispatcher_co, qapi/qmp-dispatch.c:qmp_dispatch (whose bottom half runs the command and wakes the
 * coroutine by another one), monitor/monitor.c:monitor_qapi_event_emit. Left out: commands out of band, more than one connection, events
 * that are throttled.
 */
export class Monitor {
  /** What was said, in order. Upstream: the output buffer, under mon_lock. */
  readonly output: Atomic<readonly Message[]>;
  /** Whether capabilities were negotiated. */
  private readonly open: Plain<boolean>;
  /** The reply that is to be sent. */
  private readonly pending: Plain<Reply | undefined>;
  private target: Vm | undefined;

  /** @param negotiated - whether commands may come at once */
  constructor(sim: Vm['machine']['sim'], negotiated = true) {
    this.output = sim.atomic<readonly Message[]>('monitor output', []);
    this.open = sim.plain('capabilities negotiated', negotiated);
    this.pending = sim.plain<Reply | undefined>('pending reply', undefined);
  }

  /** Gives it what it works on, and has it tell of what happens to devices. During set-up. */
  attach(vm: Vm): void {
    this.target = vm;
    vm.qdev.teller = ({ event, device, path }) =>
      this.emit({ event, data: { ...(device !== undefined && { device }), path } });
  }

  /** monitor_qapi_event_emit */
  *emit(event: MonitorEvent): Routine {
    yield* this.output.update((lines) => [...lines, event]);
  }

  /** What was said so far: a peek. */
  get said(): readonly Message[] {
    return this.output.peek();
  }

  /** The commands for the main loop that come of text: for each request one that executes it and one that replies. */
  requests(text: string, arrived?: () => boolean): Command[] {
    return [...parseJson(text)].flatMap((request) => this.request(request, arrived));
  }

  /**
   * The two commands for the main loop that come of one request.
   *
   * @param arrived - whether it is there; absent: as soon as the one before it has its reply
   */
  request(request: QObject | QemuError, arrived?: () => boolean): Command[] {
    const execute = () => this.begin(request);
    const reply = { execute: () => this.respond() };
    return [{ ...(arrived !== undefined && { arrived }), execute }, reply];
  }

  /** qmp_dispatch: executes a request, under the big lock; says nothing. */
  *execute(request: QObject | QemuError): Routine<Reply> {
    const id = failed(request) ? undefined : asDict(request)?.id;
    const answer = failed(request) ? request : yield* this.dispatch(request);
    const also = id === undefined ? {} : { id };
    if (!failed(answer)) return { return: answer ?? {}, ...also };
    return { error: { class: answer.errorClass, desc: answer.desc }, ...also };
  }

  /** monitor_cleanup: what was executed last gets its reply when the main loop has ended. */
  *cleanup(): Routine {
    yield* this.respond();
  }

  private *begin(request: QObject | QemuError): Routine {
    yield* this.pending.write(yield* this.execute(request));
    yield* this.vm.runState.handleRequests();
  }

  /** monitor_qmp_respond */
  private *respond(): Routine {
    const reply = yield* this.pending.read();
    if (reply === undefined) return;
    yield* this.pending.write(undefined);
    yield* this.output.update((lines) => [...lines, reply]);
  }

  private *dispatch(request: QObject): Routine<Answer> {
    const checked = checkObject(request);
    if (failed(checked)) return checked;
    const { name, args } = checked;
    const open = yield* this.open.read();
    if (name === 'qmp_capabilities') return yield* this.negotiate(open, args);
    if (!open) {
      const expected = "Expecting capabilities negotiation with 'qmp_capabilities'";
      return new QemuError(expected, 'CommandNotFound');
    }
    const command = commands.get(name);
    if (command === undefined) {
      return new QemuError(`The command ${name} has not been found`, 'CommandNotFound');
    }
    return (yield* this.unavailable(name, command)) ?? (yield* command.run(this.vm, args));
  }

  /** qmp_command_available: devices look themselves. */
  private *unavailable(
    name: string,
    { preconfig }: MonitorCommand,
  ): Routine<QemuError | undefined> {
    return preconfig ? undefined : yield* this.vm.qdev.commandAvailable(name);
  }

  /** qmp_qmp_capabilities, where no capability is offered. */
  private *negotiate(open: boolean, args: QDict): Routine<Answer> {
    const { enable = [], ...others } = args;
    const [unexpected] = Object.keys(others);
    if (!Array.isArray(enable)) {
      return new QemuError("Invalid parameter type for 'enable', expected: array");
    }
    if (unexpected !== undefined) return new QemuError(`Parameter '${unexpected}' is unexpected`);
    if (open) {
      const ignored = 'Capabilities negotiation is already complete, command ignored';
      return new QemuError(ignored, 'CommandNotFound');
    }
    if (enable.length > 0) {
      return new QemuError(`Capability ${String(enable[0])} not available`);
    }
    yield* this.open.write(true);
    return undefined;
  }

  private get vm(): Vm {
    const { target } = this;
    if (target === undefined) throw new Error('the monitor has nothing to work on');
    return target;
  }
}

/** A request that is well formed. */
interface Request {
  readonly name: string;
  readonly args: QDict;
}

/** qmp_dispatch_check_obj. Which of several mistakes is told is open upstream, where members have no order. */
function checkObject(request: QObject): Request | QemuError {
  const members = asDict(request);
  if (members === undefined) return new QemuError('QMP input must be a JSON object');
  for (const [name, value] of Object.entries(members)) {
    const wrong = wrongWith(name, value);
    if (wrong !== undefined) return new QemuError(`QMP input member '${name}' ${wrong}`);
  }
  const { execute, arguments: args } = members;
  if (typeof execute !== 'string') return new QemuError("QMP input lacks member 'execute'");
  return { name: execute, args: asDict(args) ?? {} };
}

function wrongWith(name: string, value: QObject): string | undefined {
  switch (name) {
    case 'id':
      return undefined;
    case 'execute':
      return typeof value === 'string' ? undefined : 'must be a string';
    case 'arguments':
      return asDict(value) === undefined ? 'must be an object' : undefined;
    default:
      return 'is unexpected';
  }
}
