import type { Atomic, Routine } from '../../src/index.js';
import type { Command } from '../mainloop/aio-context.js';
import { accessSpace } from '../memory/access.js';
import type { AddressSpace } from '../memory/address-space.js';
import type { Vm } from './vm.js';

/** The letters that say how large an access is, in bytes. */
const sizes: Readonly<Record<string, number>> = { b: 1, w: 2, l: 4, q: 8 };

/**
 * The channel by which tests drive a machine without a guest: accesses of ports and memory, and the passing of virtual time, in the main
 * loop under the big lock. Time passes otherwise as the model's clocks have it.
 *
 * Upstream: system/qtest.c:qtest_process_command.
 */
export class QTest {
  /** Its answers, in order. */
  readonly output: Atomic<readonly string[]>;

  constructor(private readonly vm: Vm) {
    this.output = vm.machine.sim.atomic<readonly string[]>('qtest output', []);
  }

  /** What was answered so far: a peek. */
  get said(): readonly string[] {
    return this.output.peek();
  }

  /** The command for the main loop that comes of a line. */
  line(text: string, arrived?: () => boolean): Command {
    return {
      ...(arrived !== undefined && { arrived }),
      execute: () => this.respond(text),
    };
  }

  private *respond(text: string): Routine {
    const answer = yield* this.execute(text);
    yield* this.output.update((lines) => [...lines, answer]);
  }

  /** Executes a line, under the big lock. */
  *execute(text: string): Routine<string> {
    const [name = '', ...words] = text.trim().split(/\s+/);
    const numbers = words.map(Number);
    if (numbers.some((each) => !Number.isInteger(each))) return `ERR invalid number in '${text}'`;
    if (name === 'clock_step') return yield* this.clockStep(numbers[0]);
    const [, verb = '', letter = ''] = /^(in|out|read|write)([bwlq])$/.exec(name) ?? [];
    const size = sizes[letter];
    const ports = verb === 'in' || verb === 'out';
    const space = ports ? this.vm.ports : this.vm.memory;
    const [address, value] = numbers;
    const stores = verb === 'out' || verb === 'write';
    const complete = address !== undefined && (!stores || value !== undefined);
    if (size === undefined || space === undefined || (ports && size === 8)) {
      return `FAIL Unknown command '${name}'`;
    }
    if (!complete) return this.vm.machine.sim.fail(`qtest_process_command: ${name} lacks a number`);
    if (stores) return yield* write(space, address, size, value ?? 0);
    return yield* read(space, address, size, ports ? 4 : 16);
  }

  /**
   * qtest_clock_warp: lets time pass by so many nanoseconds, or until the next timer expires; timers run on the way. Answers with what
   * the time is then.
   */
  private *clockStep(by: number | undefined): Routine<string> {
    const { time } = this.vm;
    if (time === undefined) return "FAIL Unknown command 'clock_step'";
    const { clock, lists } = time;
    const deadline = () => Math.min(...lists.map((list) => list.deadline));
    const now = yield* clock.now.load();
    const first = yield* clock.sim.step('the first deadline', deadline);
    const destination =
      by === undefined ? Math.max(now, Number.isFinite(first) ? first : now) : now + by;
    for (let at = now; at < destination; ) {
      const next = yield* clock.sim.step('the next deadline', deadline);
      at = Math.max(at, Math.min(destination, next));
      yield* clock.now.store(at);
      for (const list of lists) yield* list.runAt(at);
    }
    return `OK ${destination}`;
  }
}

function* write(space: AddressSpace, address: number, size: number, value: number) {
  yield* accessSpace(space, { address, size, value });
  return 'OK';
}

function* read(space: AddressSpace, address: number, size: number, digits: number) {
  const { value } = yield* accessSpace(space, { address, size });
  return `OK 0x${value.toString(16).padStart(digits, '0')}`;
}
