/** One benchmark: a file of this folder, listed in `main.ts`. */
export interface Bench {
  /** What `npm run bench -- <name>` asks for. */
  readonly name: string;
  /** One line for the list of benchmarks and the heading. */
  readonly title: string;
  /**
   * Measures and prints.
   *
   * @param brief - one of many: what takes longer than some ten seconds is to be cut short
   */
  run(print: (text: string) => void, brief: boolean): Promise<void> | void;
}
