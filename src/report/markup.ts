/** What XML 1.0 cannot hold, even escaped: control characters, lone surrogates, non-characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
const unfit = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text as content or quoted attribute of XML and HTML. @internal */
export function escapeMarkup(text: string): string {
  return text
    .replace(unfit, '\ufffd')
    .replace(/[&<>"']/g, (character) => entities[character] as string);
}

/** A text as a quoted attribute, whose line breaks a parser would turn into blanks. @internal */
export function escapeAttribute(text: string): string {
  return escapeMarkup(text).replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
