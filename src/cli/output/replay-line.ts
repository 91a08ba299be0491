/** A word that a POSIX shell passes on as it is. */
const plain = /^[\w@%+=:,./-]+$/;

/** Quotes a word for a POSIX shell. */
export function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** Linux passes no longer word to a program. */
const longestWord = 128 * 1024 - 1;

/** The line that replays an execution when it is pasted in a shell. */
export function replayLine(self: string, scenario: string, token: string): string {
  const dashes = scenario.startsWith('-') ? '-- ' : '';
  const word = plain.test(token) ? token : quote(token);
  const replay = `${self} replay ${dashes}${quote(scenario)}`;
  // The shell itself echoes, and starts no program with the token.
  return token.length > longestWord ? `echo ${word} | ${replay} @/dev/stdin` : `${replay} ${word}`;
}
