/** A word that a POSIX shell passes on as it is. */
const plain = /^[\w@%+=:,./-]+$/;

/** Quotes a word for a POSIX shell. */
export function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** The line that replays an execution when it is pasted in a shell. */
export function replayLine(self: string, scenario: string, token: string): string {
  const dashes = scenario.startsWith('-') ? '-- ' : '';
  const word = plain.test(token) ? token : quote(token);
  return `${self} replay ${dashes}${quote(scenario)} ${word}`;
}
