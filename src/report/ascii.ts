/** Typographic characters that have a plain form. */
const plainForms: Readonly<Record<string, string>> = {
  '\u00a0': ' ',
  '\u2010': '-',
  '\u2011': '-',
  '\u2012': '-',
  '\u2013': '-',
  '\u2014': '-',
  '\u2018': "'",
  '\u2019': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u2026': '...',
  '\u2192': '->',
};

function escaped(character: string): string {
  const plain = plainForms[character];
  if (plain !== undefined) return plain;
  if (character === '\n') return '\\n';
  if (character === '\t') return ' ';
  const code = character.codePointAt(0) as number;
  return `\\u{${code.toString(16)}}`;
}

/** The text on one line, in printable ASCII: what a terminal or a mailing list might mangle is spelled out. @internal */
export function ascii(text: string): string {
  return text.replace(/[^ -~]/gu, escaped);
}

/** The text on one line, for a terminal: letters of any language stay, what would move the cursor or hide text is spelled out. @internal */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escaped);
}

/** Every line of the text in printable ASCII. @internal */
export function asciiLines(text: string): string[] {
  return text.split(/\r?\n/).map(ascii);
}
