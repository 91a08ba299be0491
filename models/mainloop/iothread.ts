import type { Routine, Sim } from '../../src/index.js';
import { AioContext } from './aio-context.js';

/**
 * A thread with an event loop of its own, which runs without the big lock.
 *
 * Upstream: iothread.c:iothread_run.
 */
export class IoThread {
  readonly context: AioContext;

  /** During set-up. */
  constructor(sim: Sim, name: string) {
    this.context = new AioContext(sim, name);
    sim.thread(name, () => serve(sim, this.context, name), { service: true });
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
