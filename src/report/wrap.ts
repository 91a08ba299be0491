/** Where a word may be broken: behind a hyphen or the like, in front of a dot. */
const joints = /[-_/:](?=.)|(?=\.)/g;

/** The best place to end a line in `rest`: at a blank, else at a joint of a long name, else at the limit. */
function breakOf(rest: string, start: number, limit: number): number {
  const early = start + (limit - start) / 3;
  const blank = rest.lastIndexOf(' ', limit);
  if (blank > early) return blank;
  let best = limit;
  for (const joint of rest.slice(0, limit).matchAll(joints)) {
    const end = joint.index + joint[0].length;
    if (end > early) best = end;
  }
  return best;
}

/**
 * Breaks a text into lines of at most `width` characters, at blanks where there are some near the end of the line. Continuation
 * lines begin with `indent`.
 *
 * @internal
 */
export function wrap(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  const least = indent.length + 1;
  const limit = Math.max(width, least);
  let rest = text;
  while (rest.length > limit) {
    const end = breakOf(rest, lines.length === 0 ? 0 : indent.length, limit);
    lines.push(rest.slice(0, end).trimEnd());
    rest = indent + rest.slice(end).trimStart();
  }
  lines.push(rest);
  return lines;
}

/** Shortens a text in the middle, where names differ least. @internal */
export function shorten(text: string, width: number): string {
  if (text.length <= width) return text;
  if (width <= 4) return text.slice(0, width);
  const head = Math.ceil((width - 2) / 2);
  return `${text.slice(0, head)}..${text.slice(text.length - (width - 2 - head))}`;
}
