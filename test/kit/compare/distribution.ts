/** The numbers that a tenth, a half, nine tenths and all of a list are at most. */
export interface Distribution {
  readonly p10: number;
  readonly median: number;
  readonly p90: number;
  readonly max: number;
}

export function distributionOf(numbers: readonly number[]): Distribution {
  const sorted = [...numbers].sort((a, b) => a - b);
  const at = (part: number): number =>
    sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? 0;
  return { p10: at(0.1), median: at(0.5), p90: at(0.9), max: at(1) };
}
