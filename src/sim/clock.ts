import type { Execution } from '../engine/execution.js';
import { type Footprint, Mode } from '../engine/footprint.js';
import { SimObject } from '../engine/object.js';
import { makeOperation, type Operation, OperationKind } from '../engine/operation.js';
import { acquireClock, releaseClock, type VectorClock } from '../engine/sync.js';
import type { Routine, SimThread, ThreadBody } from '../engine/thread.js';
import { checkFunction, checkName } from './arguments.js';
import { checkBody } from './body.js';

/** A place on the clock: when it was armed, in order, and for how long. */
interface Deadline {
  readonly order: number;
  readonly delay: number;
}

interface Armed extends Deadline {
  readonly timer: Timer;
  readonly released: VectorClock | undefined;
}

/** Whether `first` is over no later than `second`, however much time passes between steps. */
function precedes(first: Deadline, second: Deadline): boolean {
  return first.order < second.order && first.delay <= second.delay;
}

/**
 * Virtual time. Any amount of time may pass between two steps, so a timer may fire and a sleeper may wake at any moment after it was
 * armed; but a timer that was armed no later and with no longer delay fires first. Timer bodies run one at a time on the clock's
 * daemon thread, and nothing fires meanwhile: a body that waits for a sleeper, who has to wait for a timer that is due earlier, is
 * a deadlock.
 *
 * @public
 */
export class Clock extends SimObject {
  override readonly type: string = 'clock';
  /** @internal */
  armed: Armed[] = [];
  private deadlines = 0;

  /** @internal */
  constructor(execution: Execution, name: string) {
    super(execution, name, undefined);
    const serve = this.serve.bind(this);
    execution.addThread(`${name} timers`, serve, { daemon: true, service: true });
  }

  /**
   * Blocks the thread: one step to begin, one to wake.
   *
   * @param ms - virtual milliseconds
   */
  sleep(ms: number): Operation<void> {
    return makeOperation(sleep, this, this.checkDelay(ms), undefined);
  }

  /** Makes a timer; its body is a generator function that runs on the clock's daemon thread each time it fires. */
  timer(name: string, body: ThreadBody): Timer {
    checkName(this.execution, 'a timer', name);
    checkFunction(this.execution, 'the body of a timer', body);
    return new Timer(this, name, body);
  }

  /** @internal */
  checkDelay(ms: number): number {
    if (typeof ms === 'number' && ms >= 0) return ms;
    throw this.execution.misuse(
      `a delay on "${this.name}" must be a number of ms from 0, not ${ms}`,
    );
  }

  /** @internal */
  nextDeadline(delay: number): Deadline {
    return { order: this.deadlines++, delay };
  }

  /** The timers that may fire next. @internal */
  get eligible(): Armed[] {
    return this.armed.filter((each) => !this.armed.some((other) => precedes(other, each)));
  }

  private *serve(): Routine {
    for (;;) {
      const timer = yield* makeOperation(fire, this, undefined, undefined);
      yield* checkBody(this.execution, `the body of timer "${timer.name}"`, timer.body);
    }
  }
}

/** A timer of a virtual clock. @public */
export class Timer extends SimObject {
  override readonly type: string = 'timer';

  /** @internal */
  constructor(
    /** @internal */
    readonly clock: Clock,
    name: string,
    /** @internal */
    readonly body: ThreadBody,
  ) {
    super(clock.execution, name, undefined);
  }

  /**
   * Starts the timer, or starts it anew.
   *
   * @param ms - virtual milliseconds
   */
  arm(ms: number): Operation<void> {
    return makeOperation(arm, this, this.clock.checkDelay(ms), undefined);
  }

  /** Stops the timer; returns whether it was armed. A body that already runs goes on. */
  cancel(): Operation<boolean> {
    return makeOperation(cancel, this, undefined, undefined);
  }
}

function touchClock({ object }: { object: Timer }, _thread: SimThread, footprint: Footprint): void {
  footprint.add(object.clock.id, Mode.write);
}

const wake = new OperationKind<Clock, number, Deadline | undefined, void>({
  name: 'wake',
  mode: Mode.write,
  enabled: ({ object, extra }) => !object.armed.some((timer) => precedes(timer, extra as Deadline)),
  execute() {
    // Only time has passed.
  },
});

const sleep = new OperationKind<Clock, number, Deadline | undefined, void>({
  name: 'sleep',
  mode: Mode.write,
  followedBy: wake,
  execute(op) {
    op.extra = op.object.nextDeadline(op.argument);
  },
  show: ({ argument }) => argument,
});

const arm = new OperationKind<Timer, number, undefined, void>({
  name: 'arm',
  mode: Mode.write,
  execute({ object, argument }, thread) {
    const { clock } = object;
    const released = clock.execution.detectRaces ? releaseClock(thread) : undefined;
    const others = clock.armed.filter((each) => each.timer !== object);
    if (others.length === clock.armed.length) clock.counted(1);
    clock.armed = [...others, { ...clock.nextDeadline(argument), timer: object, released }];
  },
  touch: touchClock,
  fixed: true,
  show: ({ argument }) => argument,
});

const cancel = new OperationKind<Timer, undefined, undefined, boolean>({
  name: 'cancel',
  mode: Mode.write,
  execute({ object }) {
    const { clock } = object;
    const others = clock.armed.filter((each) => each.timer !== object);
    const wasArmed = others.length < clock.armed.length;
    if (wasArmed) clock.counted(-1);
    clock.armed = others;
    return wasArmed;
  },
  touch: touchClock,
  fixed: true,
});

const fire = new OperationKind<Clock, undefined, undefined, Timer>({
  name: 'fire',
  mode: Mode.write,
  idle: true,
  enabled: ({ object }) => object.armed.length > 0,
  needs: ({ object }) => [{ object: object.id, least: 1, most: Infinity }],
  branches: ({ object }) => object.eligible.length,
  execute({ object }, thread, branch) {
    const fired = object.eligible[branch] as Armed;
    object.armed = object.armed.filter((each) => each !== fired);
    object.counted(-1);
    acquireClock(thread, fired.released);
    return fired.timer;
  },
});
