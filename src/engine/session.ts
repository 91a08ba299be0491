import type { Operation } from './operation.js';

/**
 * Names for objects and threads that are the same in every equivalent execution.
 *
 * What set-up creates is numbered in order. What a thread creates later is known by its creator and how many things that
 * creator made before, because its place in the global order differs between equivalent executions. The numbers are dense and
 * stay valid for one session.
 */
export class Identities {
  private next = 0;
  private readonly tables: number[][] = [];

  /** How many things were named so far; every identity is below it. */
  get size(): number {
    return this.next;
  }

  /** A new identity that nothing else has. */
  fresh(): number {
    return this.next++;
  }

  /**
   * @param creator - 0 for set-up, otherwise 1 + the creating thread's identity
   * @param sequence - how many things this creator made before
   */
  of(creator: number, sequence: number): number {
    let table = this.tables[creator];
    if (table === undefined) {
      table = [];
      this.tables[creator] = table;
    }
    let identity = table[sequence];
    if (identity === undefined) {
      identity = this.next++;
      table[sequence] = identity;
    }
    return identity;
  }
}

/**
 * What the executions of one search share: identities, what was found to be needed, which labels were reached.
 *
 * @internal
 */
export class Session {
  /** Operations that were used up and may be made anew. */
  readonly spareOperations: Operation[] = [];
  readonly objects: Identities = new Identities();
  readonly threads: Identities = new Identities();
  /** Whether some execution used ordinary memory, so that all need vector clocks. */
  detectRaces = false;
  /** Labels of `reachable`, and whether any execution reached them. */
  readonly reachable: Map<string, boolean> = new Map();
}
