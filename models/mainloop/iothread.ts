import type { Routine, Sim } from '../../src/index.js';
import { AioContext } from './aio-context.js';
import { type HandlerRules, plainRules } from './handler.js';

/**
 * A thread with an event loop of its own, which runs without the big lock.
 *
 * Upstream: iothread.c:iothread_run.
 */
export class IoThread {
  readonly context: AioContext;
  private readonly sim: Sim;
  private readonly name: string;

  /** During set-up. */
  constructor(sim: Sim, name: string, rules: HandlerRules = plainRules) {
    this.sim = sim;
    this.name = name;
    this.context = new AioContext(sim, name, rules);
    sim.thread(name, () => serve(sim, this.context, name), { service: true });
  }

  /** in_aio_context_home_thread: whether it is this thread that asks. Not a step. */
  get mine(): boolean {
    return this.sim.self === this.name;
  }
}

function* serve(sim: Sim, context: AioContext, name: string): Routine {
  let woken: ReturnType<AioContext['look']>;
  const look = () => {
    woken = context.look();
    return woken !== undefined;
  };
  for (;;) {
    yield* sim.serve(look, `something for ${name} to do`);
    if (woken !== undefined) yield* context.dispatch(woken);
  }
}
