import { oneLine } from '../../report/ascii.js';

/** The two streams of the process, with a line of progress that never gets mixed up with text. */
export class Screen {
  private readonly out: NodeJS.WriteStream;
  private readonly log: NodeJS.WriteStream;
  private shown = false;
  private problem: NodeJS.ErrnoException | undefined = undefined;

  constructor(out: NodeJS.WriteStream, log: NodeJS.WriteStream) {
    this.out = out;
    this.log = log;
    // Whoever reads may go away (`| head`); the rest of the work, files and exit code, is still wanted.
    out.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') this.problem ??= error;
    });
    // There is nobody left to tell.
    log.on('error', () => undefined);
  }

  /** Why results were lost on their way: the disk is full, say; undefined when all went where they should, or nobody wanted them. */
  get failure(): NodeJS.ErrnoException | undefined {
    return this.problem;
  }

  write(kind: 'out' | 'log' | 'progress', text: string): void {
    if (this.shown) this.log.write('\r\u001b[2K');
    this.shown = kind === 'progress' && text !== '';
    if (kind === 'out') this.out.write(text);
    else this.log.write(this.shown ? oneLine(text).slice(0, (this.log.columns || 80) - 1) : text);
  }
}
