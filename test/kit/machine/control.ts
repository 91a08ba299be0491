import type { LocalTest, Value } from '../program.js';
import { evaluate, holds } from './values.js';
import { FINISHED, type Local, NOT_CREATED, type Step, type World } from './world.js';

export class Choose implements Step {
  constructor(
    private readonly values: number,
    private readonly to: number | undefined,
  ) {}

  branches(): number {
    return this.values;
  }

  execute(w: World, thread: number, branch: number): void {
    w.setRegister(thread, this.to, branch);
  }
}

export class Pause implements Step {
  branches(): number {
    return 1;
  }

  execute(): void {
    // Only a scheduling point.
  }
}

export class Spawn implements Step {
  constructor(
    private readonly child: number,
    private readonly childPc: () => number,
  ) {}

  branches(): number {
    return 1;
  }

  execute(w: World): void {
    const at = w.layout.pc(this.child);
    if (w.get(at) !== NOT_CREATED) throw new Error('a thread is spawned twice');
    w.s[at] = this.childPc();
    w.spawned = this.child;
  }
}

export class Join implements Step {
  constructor(private readonly target: number) {}

  branches(w: World): number {
    const pc = w.get(w.layout.pc(this.target));
    if (pc === NOT_CREATED) throw new Error('a thread is joined before it exists');
    return pc === FINISHED ? 1 : 0;
  }

  execute(w: World, thread: number): void {
    w.joined = this.target;
    w.learn(w.layout.clock(thread), w.layout.clock(this.target));
  }

  waitsFor(): number {
    return 1 << this.target;
  }
}

export class Assign implements Local {
  constructor(
    private readonly to: number,
    private readonly value: Value,
  ) {}

  run(w: World, thread: number): void {
    w.setRegister(thread, this.to, evaluate(w, thread, this.value));
    w.s[w.layout.pc(thread)] = w.get(w.layout.pc(thread)) + 1;
  }
}

export class Assert implements Local {
  constructor(
    private readonly test: LocalTest,
    private readonly message: string,
  ) {}

  run(w: World, thread: number): void {
    if (!holds(w, thread, this.test)) w.violate('assertion', this.message);
    w.s[w.layout.pc(thread)] = w.get(w.layout.pc(thread)) + 1;
  }
}

/** Goes on with the next instruction if the test holds, else (or without a test) to `target`. */
export class Jump implements Local {
  target = -1;

  constructor(private readonly test?: LocalTest) {}

  run(w: World, thread: number): void {
    const at = w.layout.pc(thread);
    const stay = this.test !== undefined && holds(w, thread, this.test);
    w.s[at] = stay ? w.get(at) + 1 : this.target;
  }
}

export class Finish implements Local {
  run(w: World, thread: number): void {
    w.s[w.layout.pc(thread)] = FINISHED;
  }
}
