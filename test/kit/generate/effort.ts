import type { Condition, Instruction } from '../program.js';

/** By object, then by thread: how much the thread does to it; a read counts for less than a write. */
type Uses = Map<string, Map<string, number>>;

const READ = 0.6;

/**
 * A rough measure of how many orders a program's conflicts can take, as a logarithm to the base 2: for each object the
 * number of ways to merge what the threads do to it. It knows nothing of what blocks or excludes what.
 */
export function effort(threads: ReadonlyMap<string, readonly Instruction[]>): number {
  const uses: Uses = new Map();
  let choices = 0;
  const use = (object: string, thread: string, weight: number): void => {
    const byThread = uses.get(object) ?? new Map<string, number>();
    uses.set(object, byThread);
    byThread.set(thread, (byThread.get(thread) ?? 0) + weight);
  };
  const visit = (body: readonly Instruction[], thread: string, weight: number): void => {
    for (const i of body) {
      switch (i.op) {
        case 'if':
          visit(i.then, thread, weight / 2);
          visit(i.otherwise ?? [], thread, weight / 2);
          break;
        case 'repeat':
          visit(i.body, thread, weight);
          break;
        case 'rcu.call':
          // The daemon takes the callback, which looks at every section, and later ends the grace period.
          use(`${i.on} queue`, thread, weight);
          use(`${i.on} queue`, `${i.on} daemon`, weight);
          use(i.on, `${i.on} daemon`, weight);
          visit(i.body, `${i.on} daemon`, weight);
          break;
        case 'choose':
          choices += weight * Math.log2(i.values);
          break;
        case 'until':
          for (const variable of variablesOf(i.condition)) use(variable, thread, weight * READ);
          break;
        case 'step':
          if (i.when) for (const name of variablesOf(i.when)) use(name, thread, weight * READ);
          for (const { write } of i.then) use(write, thread, weight * 0.7);
          break;
        case 'clock.sleep':
        case 'timer.arm':
        case 'timer.cancel':
          // There is only one clock, and it is written by whatever has to do with time.
          use('clock', thread, weight);
          if (i.op !== 'timer.cancel')
            use('clock', i.op === 'timer.arm' ? 'daemon' : thread, weight);
          break;
        default:
          if ('on' in i) use(i.on, thread, weight * weightOf(i.op));
      }
    }
  };
  for (const [thread, body] of threads) visit(body, thread, 1);
  let sum = choices;
  for (const byThread of uses.values()) sum += merges([...byThread.values()]);
  return sum;
}

function weightOf(op: Instruction['op']): number {
  switch (op) {
    case 'atomic.load':
    case 'plain.read':
    case 'event.wait':
      return READ;
    case 'mutex.unlock':
    case 'rwlock.readUnlock':
    case 'rwlock.writeUnlock':
    case 'spawn':
    case 'join':
      return 0;
    case 'condition.wait':
    case 'rcu.synchronize':
      return 1.5;
    default:
      return 1;
  }
}

function variablesOf(condition: Condition): string[] {
  if ('all' in condition) return condition.all.flatMap(variablesOf);
  if ('any' in condition) return condition.any.flatMap(variablesOf);
  if ('alive' in condition) return [condition.alive];
  const { variable, than } = condition;
  return typeof than === 'number' ? [variable] : [variable, than.variable];
}

/** log2 of the multinomial coefficient, for counts that need not be whole. */
function merges(counts: readonly number[]): number {
  const logFactorial = (n: number): number => {
    // Stirling's series is good enough from 1 up and harmless below.
    return n <= 0 ? 0 : (n + 0.5) * Math.log2(n + 1) - n * Math.LOG2E * (n / (n + 1));
  };
  const total = counts.reduce((sum, count) => sum + count, 0);
  return Math.max(
    0,
    counts.reduce((sum, count) => sum - logFactorial(count), logFactorial(total)),
  );
}
