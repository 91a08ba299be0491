import seedrandom from 'seedrandom';

/**
 * The random choices of one consumer. Seeded by name, so that consumers do not disturb each other, and by the number of the execution,
 * so that execution i depends on the seed and i alone and not on what ran before.
 *
 * The two seed words come from seedrandom's xor128. The choices of an execution come from sfc32 (Chris Doty-Humphrey, PractRand):
 * seeding a seedrandom generator costs more than a whole short execution (see bench/README.md).
 */
export class Stream {
  private readonly word0: number;
  private readonly word1: number;
  private a = 0;
  private b = 0;
  private c = 0;
  private d = 0;

  constructor(seed: string | number, consumer: string) {
    const source = seedrandom.xor128(`${typeof seed}:${seed}/${consumer}`);
    this.word0 = source.int32();
    this.word1 = source.int32();
    this.begin(0);
  }

  /** Goes to the beginning of the choices of execution `index`. */
  begin(index: number): void {
    this.a = this.word0;
    this.b = this.word1;
    this.c = index | 0;
    this.d = Math.floor(index / 0x1_0000_0000) + 1;
    // sfc32 needs some rounds before all its bits depend on the seed.
    for (let i = 0; i < 12; i++) this.next();
  }

  /** A whole number from 0 to `count` - 1, all equally likely up to 2^-32. */
  below(count: number): number {
    return Math.floor(((this.next() >>> 0) / 0x1_0000_0000) * count);
  }

  /** 32 random bits, signed. */
  next(): number {
    const t = (((this.a + this.b) | 0) + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + t) | 0;
    return t;
  }
}
