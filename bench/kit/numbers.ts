/** The middle value; of an even number of values the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half];
  if (upper === undefined) throw new Error('there is no median of nothing');
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] as number)) / 2;
}

/** Three significant digits, with a unit prefix above a thousand: `9.61 M`, `412 k`, `0.052`. */
export function short(value: number): string {
  for (const [prefix, size] of [
    ['G', 1e9],
    ['M', 1e6],
    ['k', 1e3],
  ] as const) {
    if (Math.abs(value) >= size) return `${digits(value / size)} ${prefix}`;
  }
  return digits(value);
}

/** `9.1 M – 10.2 M` */
export function range(values: readonly number[]): string {
  return `${short(Math.min(...values))} – ${short(Math.max(...values))}`;
}

function digits(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return '0';
  return value.toFixed(Math.max(0, 2 - Math.max(0, Math.floor(Math.log10(size)))));
}
