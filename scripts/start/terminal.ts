/** What `npm start` says: plain lines, each with the time since the start for steps that take a while. */
export class Terminal {
  private readonly out = process.stdout;
  private pendingLine = false;

  /** @param startedAt when the start began (epoch ms); another process may go on where one has begun */
  constructor(private readonly startedAt = Date.now()) {}

  line(text = ''): void {
    if (this.pendingLine) this.out.write('\n');
    this.pendingLine = false;
    this.out.write(`${text}\n`);
  }

  /** A step that begins or has moved on. On a real terminal, progress of the same step stays on one line. */
  step(text: string): void {
    const seconds = ((Date.now() - this.startedAt) / 1000).toFixed(1).padStart(6);
    this.line(`${seconds} s  ${text}`);
  }

  progress(text: string): void {
    if (!this.out.isTTY) return;
    this.out.write(`\r\x1b[2K          ${text}`);
    this.pendingLine = true;
  }
}
