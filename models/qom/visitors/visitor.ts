import type { QemuError } from '../error.js';

/** The name of what is visited in the structure around it; absent: an element of a list, or the root. */
export type Name = string | undefined;

/** What a visit comes to: the value, or why there is none. */
export type Visited<T> = T | QemuError;

/**
 * Carries values between the model and an outside form of them, in one of two directions: an input visitor reads its form and ignores
 * the value that it is given, an output visitor is given the value and writes it. Nothing of it is shared between threads, so a visit
 * is local computation and takes no step.
 *
 * Integers are JavaScript numbers: beyond 2^53 only the range is checked exactly.
 *
 * Upstream: include/qapi/visitor-impl.h:struct Visitor.
 */
export interface Visitor {
  readonly direction: 'input' | 'output';
  bool: (name: Name, value: boolean) => Visited<boolean>;
  int64: (name: Name, value: number) => Visited<number>;
  uint64: (name: Name, value: number) => Visited<number>;
  /** A number of bytes: with suffixes, where the form is text. */
  size: (name: Name, value: number) => Visited<number>;
  str: (name: Name, value: string) => Visited<string>;
  /** Begins a structure; its members follow by name, then checkStruct, then endStruct. */
  startStruct: (name: Name) => QemuError | undefined;
  /** Whether an input holds members that nobody asked for. */
  checkStruct: () => QemuError | undefined;
  endStruct: () => void;
  /** Begins a list; as long as nextElement says so, an element follows. */
  startList: (name: Name) => QemuError | undefined;
  /** Whether there is another element. An output visitor does what its caller says. */
  nextElement: (more: boolean) => boolean;
  endList: () => void;
  /** Whether an optional member is there. */
  optional: (name: string, present: boolean) => boolean;
}
