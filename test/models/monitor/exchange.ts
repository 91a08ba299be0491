import {
  type ErrorClass,
  type Message,
  type MonitorEvent,
  Pc,
  type PcOptions,
  type QDict,
  type QemuVersion,
  QTest,
} from '../../../models/index.js';
import { explore, type Sim, scenario } from '../../../src/index.js';

/** What is expected of a reply. */
export type Expected =
  /** This value, lists in any order. */
  | { readonly is: unknown }
  /** Exactly these properties, as `name: type`, in any order. */
  | { readonly holds: readonly string[] }
  /** A list of so many; what is in it was not recorded. */
  | { readonly count: number }
  /** A list; what is in it was not recorded. */
  | 'a list'
  | { readonly class: ErrorClass; readonly desc: string };

/** What is expected of each release, or of all. */
export type PerVersion = Expected | Readonly<Record<QemuVersion, Expected>>;

/** A step of a conversation. Events are told from when it begins to when the next one does; between them the reply comes anywhere. */
export type Step =
  | {
      readonly send: string;
      readonly args?: QDict;
      readonly reply: PerVersion;
      readonly events?: readonly string[] | Readonly<Record<QemuVersion, readonly string[]>>;
      /** Events that may come before the process ends. */
      readonly perhaps?: readonly string[];
      /** What the migration has come to before the next step. */
      readonly until?: string;
    }
  | { readonly qtest: string; readonly reply: string; readonly events?: readonly string[] };

/** A conversation, as it was recorded of some releases. */
export interface Exchange {
  readonly name: string;
  readonly versions: readonly QemuVersion[];
  readonly options: PcOptions;
  readonly steps: readonly Step[];
}

export const ok: Expected = { is: {} };

export const fails = (desc: string): Expected => ({ class: 'GenericError', desc });

export const notFound = (desc: string): Expected => ({ class: 'DeviceNotFound', desc });

/** An event in short: its name and the values of its data that are not false. */
export function nameOf({ event, data = {} }: MonitorEvent): string {
  const { device, path, ...others } = data;
  const values = [device, path, ...Object.values(others)];
  const shown = values.filter((each) => typeof each === 'string' || typeof each === 'number');
  return [event, ...shown].join(' ');
}

/** What a step came to. */
interface Outcome {
  readonly events: readonly string[];
  readonly replies: readonly Message[];
  readonly answers: readonly string[];
}

/**
 * Has a conversation with a few random schedules, each step as soon as nothing is left to do of the one before.
 *
 * @returns what each step came to, in each of the schedules
 */
export function converse(
  { options, steps }: Exchange,
  version: QemuVersion,
  schedules = 1,
): readonly (readonly Outcome[])[] {
  const all: (readonly Outcome[])[] = [];
  const setup = (sim: Sim): void => {
    const pc = new Pc(sim, { ...options, version });
    const qtest = new QTest(pc);
    const begins: { said: number; answered: number }[] = [];
    const commands = steps.flatMap((step, i) => {
      const { until } = { until: undefined, ...steps[i - 1] };
      const arrived = () => pc.machine.callRcu.idle && isAt(pc, until);
      const commands =
        'qtest' in step
          ? [qtest.line(step.qtest, arrived)]
          : pc.monitor.request(requestOf(step), arrived);
      const [first, ...rest] = commands;
      if (first === undefined) return [];
      const begin = {
        ...first,
        *execute() {
          yield* sim.step('a step begins', () => {
            begins.push({ said: pc.monitor.said.length, answered: qtest.said.length });
          });
          yield* first.execute();
        },
      };
      return [begin, ...rest];
    });
    const last = steps.at(-1);
    const { until } = { until: undefined, ...last };
    const done = { arrived: () => pc.machine.callRcu.idle && isAt(pc, until), *execute() {} };
    pc.start({ commands: [...commands, done] });
    sim.finally(() => {
      all.push(outcomes(pc.monitor.said, qtest.said, begins));
    });
  };
  const report = explore(scenario('exchange', setup), {
    strategy: 'random',
    maxExecutions: schedules,
    seed: 1,
  });
  const [wrong] = report.violations;
  if (wrong !== undefined) throw new Error(`${wrong.kind}: ${wrong.property}`);
  return all;
}

function requestOf({ send, args }: Extract<Step, { send: string }>): QDict {
  return { execute: send, ...(args !== undefined && { arguments: args }) };
}

/** Whether the migration has come to a state and said so, if it says anything, and is cleaned up if that is an end. */
function isAt({ migration, monitor }: Pc, status: string | undefined): boolean {
  if (status === undefined) return true;
  const told = monitor.said.flatMap((each) =>
    'event' in each && each.event === 'MIGRATION' ? [each.data?.['status']] : [],
  );
  if (told.length > 0 && told.at(-1) !== status) return false;
  const object = migration.current.peek();
  if (object === undefined) return false;
  const state = migration.state(object);
  return (
    state.status.peek() === status && (status === 'active' || state.thread.peek() === undefined)
  );
}

function outcomes(
  said: readonly Message[],
  answered: readonly string[],
  begins: readonly { said: number; answered: number }[],
): readonly Outcome[] {
  return begins.map((begin, i) => {
    const end = begins[i + 1];
    const messages = said.slice(begin.said, end?.said);
    return {
      events: messages.flatMap((each) => ('event' in each ? [nameOf(each)] : [])),
      replies: messages.filter((each) => !('event' in each)),
      answers: answered.slice(begin.answered, end?.answered),
    };
  });
}

/** What is expected of one release. */
export function expectedOf(reply: PerVersion, version: QemuVersion): Expected {
  return typeof reply === 'object' && version in reply
    ? (reply as Readonly<Record<QemuVersion, Expected>>)[version]
    : (reply as Expected);
}

/** A reply in the form in which it is compared with what is expected. */
export function shapeOf(reply: Message | undefined, expected: Expected): unknown {
  if (reply === undefined || 'event' in reply) return 'no reply';
  if ('error' in reply) return reply.error;
  const { return: value } = reply;
  if (expected === 'a list') return Array.isArray(value) ? 'a list' : value;
  if ('count' in expected && Array.isArray(value)) return { count: value.length };
  if ('holds' in expected && Array.isArray(value)) {
    const entries = value as readonly { readonly name: string; readonly type: string }[];
    return { holds: entries.map((each) => `${each.name}: ${each.type}`).sort() };
  }
  return { is: value };
}

/** What is expected, in the same form. */
export function shapeExpected(expected: Expected): unknown {
  if (typeof expected === 'object' && 'holds' in expected) {
    return { holds: [...expected.holds].sort() };
  }
  return expected;
}
