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
    const blank = rest.lastIndexOf(' ', limit);
    const start = lines.length === 0 ? 0 : indent.length;
    const wordBreak = blank > start + (limit - start) / 3;
    const end = wordBreak ? blank : limit;
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
