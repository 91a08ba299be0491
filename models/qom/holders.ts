import type { QomObject } from './object.js';

/**
 * Who holds a reference: an object, or something that lives as long as one (its `object`), or neither, such as a flat view. For messages
 * alone: upstream's counts know nothing of it.
 */
export interface Holder {
  readonly name: string;
  /** The object whose end is the end of the holder. */
  readonly object?: QomObject;
}

/**
 * Who holds the references on one object. It changes in the step that changes the count, and no model looks at it. Who takes or drops
 * a reference without saying for whom does it for the thread.
 */
export class Holders {
  private readonly list: (Holder | string)[];

  /** @param maker - the thread that made the object, and has the first reference */
  constructor(maker: string) {
    this.list = [maker];
  }

  /** @param thread - who takes it, if there is no holder to name */
  taken(thread: string, holder: Holder | undefined): void {
    this.list.push(holder ?? thread);
  }

  /** Nothing for a holder that is not known: then the count itself is wrong, or somebody took the reference without a word. */
  dropped(thread: string, holder: Holder | undefined): void {
    const { list } = this;
    let at = list.lastIndexOf(holder ?? thread);
    if (at < 0 && holder === undefined) at = list.findIndex((each) => typeof each === 'string');
    if (at >= 0) list.splice(at, 1);
  }

  /** Every reference once; threads by their names. */
  get all(): readonly (Holder | string)[] {
    return this.list;
  }
}
