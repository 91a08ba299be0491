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

  /** Who made what has each identity, and as which of its things; null for fresh ones. */
  save(): SavedIdentities {
    const saved: (readonly [creator: number, sequence: number] | null)[] = [];
    for (let i = 0; i < this.next; i++) saved.push(null);
    this.tables.forEach((table, creator) => {
      table.forEach((identity, sequence) => {
        saved[identity] = [creator, sequence];
      });
    });
    return saved;
  }

  /** Gives everything the identity that it had. */
  restore(saved: SavedIdentities): void {
    this.next = saved.length;
    saved.forEach((made, identity) => {
      if (made !== null) (this.tables[made[0]] ??= [])[made[1]] = identity;
    });
  }
}

/** Identities as plain data. @internal */
export type SavedIdentities = readonly (readonly [creator: number, sequence: number] | null)[];

/** What the executions of one search share, as plain data. @internal */
export interface SavedSession {
  readonly objects: SavedIdentities;
  readonly threads: SavedIdentities;
  readonly detectRaces: boolean;
  readonly reachable: readonly (readonly [label: string, hit: boolean])[];
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

  /** What the executions so far have led to. */
  save(): SavedSession {
    const { objects, threads, detectRaces, reachable } = this;
    return {
      objects: objects.save(),
      threads: threads.save(),
      detectRaces,
      reachable: [...reachable],
    };
  }

  /** Goes on as if there had been the executions that led to this; for a new session. */
  restore(saved: SavedSession): void {
    this.objects.restore(saved.objects);
    this.threads.restore(saved.threads);
    this.detectRaces = saved.detectRaces;
    for (const [label, hit] of saved.reachable) this.reachable.set(label, hit);
  }
}
