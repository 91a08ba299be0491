/** A whole number with thousands separators, the same everywhere. @internal */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** From here on nobody counts digits. */
const tooLong = 1e15;

/** A number that is known to a few digits only: `20,900,000`, and `1.1 x 10^19` for a large one. @internal */
export function roughly(value: number): string {
  if (value < tooLong) return grouped(Math.round(value));
  const [digits = '', power = ''] = value.toExponential(1).split('e+');
  return digits === '1.0' ? `10^${power}` : `${digits} x 10^${power}`;
}

/** `1 step`, `2 steps`. @internal */
export function count(value: number, one: string, many = `${one}s`): string {
  return `${grouped(value)} ${value === 1 ? one : many}`;
}
