import type { Routine, Sim } from '../../src/index.js';
import type { TimerList } from './timer.js';

/** A thread that does nothing but run the timers of a list, without the big lock: upstream, an event loop that has no more. */
export function timerThread(sim: Sim, name: string, list: TimerList): void {
  sim.thread(name, () => serve(sim, list), { service: true });
}

function* serve(sim: Sim, list: TimerList): Routine {
  for (;;) {
    yield* sim.serve(() => list.pending, 'a timer');
    yield* list.run(true);
  }
}
