/** What was once otherwise in the life of views and address spaces. Each answer is independent of the others. */
export interface MemoryPast {
  /**
   * How a thread without the big lock gets a reference on the view that is published: only while somebody has one, or in any case
   * (before upstream commit 447b0d0b9e).
   */
  readonly viewReference: 'unless it is zero' | 'in any case';
  /**
   * Whether an address space keeps the owner of its root alive, until the grace period after its end is over (since upstream commit
   * ac95190ea9).
   */
  readonly spaceRoot: 'referenced' | 'not referenced';
  /**
   * Who says that a device is no longer in a callback: the access that has said that it is, or any that ends (before upstream commit
   * 3884bf6468).
   */
  readonly guardCleared: 'by who set it' | 'by anybody';
}
