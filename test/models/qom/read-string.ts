import {
  getProperty,
  type QemuError,
  type QomObject,
  StringOutput,
} from '../../../models/index.js';
import type { Routine } from '../../../src/index.js';

/** A property as text, or why there is none. */
export function* readString(object: QomObject, name: string): Routine<string | QemuError> {
  const output = new StringOutput();
  return (yield* getProperty(object, name, output)) ?? output.text;
}
