/** The string that was written, or what is wrong with it. */
export type Unescaped = { readonly string: string } | { readonly wrong: string };

const simple = new Map([
  ['"', '"'],
  ["'", "'"],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

/** The string that a token stands for, quotes of either kind included. Upstream: qobject/json-parser.c:parse_string. */
export function unescape(token: string): Unescaped {
  let string = '';
  for (let at = 1; at < token.length - 1; ) {
    const character = token[at] ?? '';
    if (character !== '\\') {
      string += character;
      at++;
      continue;
    }
    const escaped = token[at + 1] ?? '';
    const meant = simple.get(escaped);
    if (meant === undefined && escaped !== 'u') {
      return { wrong: 'invalid escape sequence in string' };
    }
    if (meant !== undefined) {
      string += meant;
      at += 2;
      continue;
    }
    const point = codePoint(token, at);
    if ('wrong' in point) return point;
    string += point.string;
    at += point.length;
  }
  return { string };
}

/** An escape in hexadecimal, or two of them that stand for one character. */
function codePoint(token: string, at: number): Unescaped & { readonly length: number } {
  const first = unit(token, at) ?? Number.NaN;
  const leading = first >= 0xd800 && first <= 0xdbff;
  const second = leading ? unit(token, at + 6) : undefined;
  const paired = second !== undefined && second >= 0xdc00 && second <= 0xdfff;
  const length = paired ? 12 : 6;
  const units = paired ? [first, second] : [first];
  const string = String.fromCharCode(...units);
  if (Number.isNaN(first) || !encodable(string.codePointAt(0) ?? 0)) {
    return { wrong: `${token.slice(at, at + length)} is not a valid Unicode character`, length };
  }
  return { string, length };
}

/** mod_utf8_encode: neither half of a pair nor what is no character. */
function encodable(point: number): boolean {
  const surrogate = point >= 0xd800 && point <= 0xdfff;
  const noncharacter = (point >= 0xfdd0 && point <= 0xfdef) || (point & 0xfffe) === 0xfffe;
  return !surrogate && !noncharacter;
}

/** cvt4hex: what four digits after a backslash and a u come to. */
function unit(token: string, at: number): number | undefined {
  const [, digits] = /^\\u([0-9a-fA-F]{4})/.exec(token.slice(at, at + 6)) ?? [];
  return digits === undefined ? undefined : Number.parseInt(digits, 16);
}
