import { callSite } from '../../../src/engine/location.js';

/** Two places, in lines and columns that another file has as well. */
export function here(): string[] {
  const first = callSite();
  const other = callSite();
  return [first, other];
}
