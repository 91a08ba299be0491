/** The two streams of the process, with a line of progress that never gets mixed up with text. */
export class Screen {
  private readonly out: NodeJS.WriteStream;
  private readonly log: NodeJS.WriteStream;
  private shown = false;

  constructor(out: NodeJS.WriteStream, log: NodeJS.WriteStream) {
    this.out = out;
    this.log = log;
    // Whoever reads may go away (`| head`); the rest of the work, files and exit code, is still wanted.
    for (const stream of [out, log]) {
      stream.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EPIPE') throw error;
      });
    }
  }

  write(kind: 'out' | 'log' | 'progress', text: string): void {
    if (this.shown) this.log.write('\r\u001b[2K');
    this.shown = kind === 'progress' && text !== '';
    if (kind === 'out') this.out.write(text);
    else this.log.write(this.shown ? text.slice(0, (this.log.columns || 80) - 1) : text);
  }
}
