/**
 * Gives equal pairs equal numbers and different pairs different numbers: no hashing, so no collisions. A list is
 * identified by folding it from the left.
 */
export class Interner {
  /** Numbers below this are never given to a pair, so structure and identity cannot be confused. */
  static readonly FIRST = 4096;
  private static readonly LIMIT = 2 ** 26;
  private readonly known = new Map<number, number>();

  pair(left: number, right: number): number {
    const key = left * Interner.LIMIT + right;
    const old = this.known.get(key);
    if (old !== undefined) return old;
    const fresh = Interner.FIRST + this.known.size;
    if (fresh >= Interner.LIMIT) throw new Error('the interner is full');
    this.known.set(key, fresh);
    return fresh;
  }
}
