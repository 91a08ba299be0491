/** A set of small numbers. */
export class Bits {
  private readonly words: Uint32Array;

  private constructor(words: Uint32Array) {
    this.words = words;
  }

  /** The empty set, of numbers below `size`. */
  static none(size: number): Bits {
    return new Bits(new Uint32Array((size + 31) >>> 5));
  }

  /** All numbers below `size`. */
  static all(size: number): Bits {
    const bits = Bits.none(size);
    for (let i = 0; i < size; i++) bits.add(i);
    return bits;
  }

  add(i: number): void {
    this.words[i >>> 5] = (this.words[i >>> 5] as number) | (1 << (i & 31));
  }

  has(i: number): boolean {
    return (((this.words[i >>> 5] as number) >>> (i & 31)) & 1) === 1;
  }

  and(other: Bits): Bits {
    const words = new Uint32Array(this.words.length);
    for (let i = 0; i < words.length; i++) {
      words[i] = (this.words[i] as number) & (other.words[i] as number);
    }
    return new Bits(words);
  }

  without(other: Bits): Bits {
    const words = new Uint32Array(this.words.length);
    for (let i = 0; i < words.length; i++) {
      words[i] = (this.words[i] as number) & ~(other.words[i] as number);
    }
    return new Bits(words);
  }

  /** Whether the two sets have nothing in common. */
  disjoint(other: Bits): boolean {
    const { words } = this;
    for (let i = 0; i < words.length; i++) {
      if (((words[i] as number) & (other.words[i] as number)) !== 0) return false;
    }
    return true;
  }

  get empty(): boolean {
    return this.words.every((word) => word === 0);
  }

  get size(): number {
    let count = 0;
    for (let word of this.words) {
      for (; word !== 0; word &= word - 1) count++;
    }
    return count;
  }

  /** The members, in ascending order. */
  *members(): Generator<number> {
    for (let w = 0; w < this.words.length; w++) {
      const word = this.words[w] as number;
      for (let b = 0; word >>> b !== 0 && b < 32; b++) {
        if (((word >>> b) & 1) === 1) yield w * 32 + b;
      }
    }
  }

  key(): string {
    return this.words.join();
  }
}
