const special = /[\\^$.|+()[\]]/g;

/** The regular expression of a glob over names: `*` is any text, slashes included, `?` one character, `{a,b}` either. */
function ofGlob(pattern: string): RegExp {
  const source = pattern
    .replace(special, '\\$&')
    .replace(/\*+/g, '.*')
    .replace(/\?/g, '.')
    .replace(/\{([^{}]*)\}/g, (_, ways: string) => `(?:${ways.replaceAll(',', '|')})`)
    .replace(/[{}]/g, '\\$&');
  return new RegExp(`^${source}$`, 'i');
}

/**
 * The names that a pattern means: the one name that is equal to it, else those that match it as a glob, else (without wildcards) those
 * that contain it.
 */
export function matching(pattern: string, names: readonly string[]): string[] {
  if (names.includes(pattern)) return [pattern];
  if (/[*?{]/.test(pattern)) {
    const glob = ofGlob(pattern);
    return names.filter((name) => glob.test(name));
  }
  const part = pattern.toLowerCase();
  return names.filter((name) => name.toLowerCase().includes(part));
}
