import type { Event } from '../engine/recorder.js';

/** FNV-1a over the UTF-16 code units, 32 bits. */
export function hash(text: string, start = 0x811c9dc5): number {
  let value = start;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  }
  return value >>> 0;
}

/** What a step is, whatever it reads: the names of thread, operation and object. */
export function fingerprint(event: Event): number {
  return hash(`${event.thread}\n${event.operation}\n${event.object}`);
}

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The low `length` digits to the base 62. */
export function encode(value: number, length: number): string {
  let rest = value;
  let text = '';
  for (let i = 0; i < length; i++) {
    text += digits[rest % 62] as string;
    rest = Math.floor(rest / 62);
  }
  return text;
}
