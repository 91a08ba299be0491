/** The choices that make an execution: which thread takes each step, and how the steps with several ways go. @internal */
export interface Schedule {
  /** Index of the thread of each step, in order of creation. */
  readonly threads: readonly number[];
  /** The answers for steps with several ways, in order; what is missing is 0. */
  readonly branches: readonly number[];
}
