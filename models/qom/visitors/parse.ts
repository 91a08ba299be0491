const truths: ReadonlyMap<string, boolean> = new Map([
  ['on', true],
  ['yes', true],
  ['y', true],
  ['true', true],
  ['off', false],
  ['no', false],
  ['n', false],
  ['false', false],
]);

/** A truth value by one of its names. Upstream: qapi/qapi-util.c:qapi_bool_parse. */
export function parseBool(text: string): boolean | undefined {
  return truths.get(text);
}

/** An integer as C reads it with base 0: decimal, octal after 0, hexadecimal after 0x; nothing if there is none. */
export function parseInteger(text: string): { value: bigint; rest: string } | undefined {
  const match = /^\s*([-+]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)/.exec(text);
  if (match === null) return undefined;
  const [whole, sign, digits = ''] = match;
  const octal = /^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits;
  const value = sign === '-' ? -BigInt(octal) : BigInt(octal);
  return { value, rest: text.slice(whole.length) };
}

/** Whether an integer has a place in a signed or unsigned type of so many bits. */
export function fits(value: bigint, bits: number, signed: boolean): boolean {
  return (signed ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value)) === value;
}

/** Bytes in a unit, each 1024 times the one before. */
const suffixes = 'BKMGTPE';

/**
 * A size: a number of bytes, or a number, perhaps with a fraction, of the unit that a letter names.
 *
 * Upstream: util/cutils.c:qemu_strtosz. Fractions of a byte are errors.
 */
export function parseSize(text: string): number | undefined {
  const match = /^(0[xX][0-9a-fA-F]+|[0-9]+(?:\.[0-9]*)?|\.[0-9]+)([bBkKmMgGtTpPeE]?)$/.exec(text);
  if (match === null) return undefined;
  const [, digits = '', suffix = ''] = match;
  const unit = 1024 ** Math.max(suffixes.indexOf(suffix.toUpperCase() || 'B'), 0);
  const bytes = Number(digits) * unit;
  if (bytes >= 2 ** 64) return undefined;
  if (digits.includes('.') && unit === 1) return undefined;
  return Math.floor(bytes);
}

/** As many elements of a range as upstream accepts at once. */
const rangeLimit = 65536n;

/**
 * The integers of a list as text: `1,3-5`. Nothing if the first or any other entry is no integer or range of the type.
 *
 * Upstream: qapi/string-input-visitor.c:try_parse_int64_list_entry; the limit also qapi/opts-visitor.c:OPTS_VISITOR_RANGE_MAX.
 */
export function parseRange(text: string, signed: boolean): readonly number[] | undefined {
  const first = parseInteger(text);
  if (first === undefined || !fits(first.value, 64, signed)) return undefined;
  if (first.rest === '') return [Number(first.value)];
  const last = first.rest.startsWith('-') ? parseInteger(first.rest.slice(1)) : undefined;
  if (last?.rest !== '' || !fits(last.value, 64, signed)) return undefined;
  const count = last.value - first.value;
  if (count < 0n || count >= rangeLimit) return undefined;
  return Array.from({ length: Number(count) + 1 }, (_, at) => Number(first.value) + at);
}
