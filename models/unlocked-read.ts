import type { Plain, Routine, Sim } from '../src/index.js';

/** A way to read a variable. */
export type Read<T> = () => Routine<T>;

/**
 * How a thread without the lock reads an ordinary variable, from here on: as compiled, or as C defines it. C promises nothing of such
 * a read while another thread may write, so that it is a data race; what compilers make of it is one load all the same, and what goes
 * wrong behind it must not be hidden by the race in front of it. Both are explored.
 */
export function* unlockedRead<T>(sim: Sim, variable: Plain<T>): Routine<Read<T>> {
  const asCompiled =
    (yield* sim.choose(2, 'reads without the lock: 0 as compiled, 1 races as in C')) === 0;
  return asCompiled ? () => load(sim, variable) : () => asInC(variable);
}

function* asInC<T>(variable: Plain<T>): Routine<T> {
  return yield* variable.read();
}

/** One load of which C says nothing: a condition only looks, and is no access in the sense of races. */
function* load<T>(sim: Sim, variable: Plain<T>): Routine<T> {
  let seen: T | undefined;
  const look = () => {
    seen = variable.peek();
    return true;
  };
  yield* sim.until(look, `a load of ${variable.name}`);
  sim.log(`${variable.name} is ${nameOf(seen)}`);
  return seen as T;
}

/** What traces call a value: those of pointers by their names. */
function nameOf(value: unknown): string {
  if (value === undefined) return 'null';
  const named = typeof value === 'object' && value !== null && 'name' in value;
  return String(named ? value.name : value);
}
