/** What the process tells whoever started it. Public: scripts and CI rely on these numbers. */
export const exitCodes = {
  /** Nothing was violated; a randomised search that found nothing included. */
  held: 0,
  /** A property was violated, or a claim differs from what was found. */
  violated: 1,
  /** The command line, a scenario or the configuration is written wrongly. */
  usage: 2,
  /** An exhaustive search did not get through, and found nothing. */
  inconclusive: 3,
  /** A mistake in qomcheck itself. */
  internal: 70,
  /** Interrupted; what was found so far was printed. */
  interrupted: 130,
} as const;

/** One of {@link exitCodes}. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const { held, violated, usage, inconclusive, internal, interrupted } = exitCodes;
const bySeverity: readonly ExitCode[] = [
  internal,
  usage,
  interrupted,
  violated,
  inconclusive,
  held,
];

/** The most severe of several results. */
export function mostSevere(codes: readonly ExitCode[]): ExitCode {
  return bySeverity.find((code) => codes.includes(code)) ?? held;
}
