/** Milliseconds between two lines. */
const INTERVAL = 150;

/** One line on standard error that is written over and over, when that is a terminal; nothing otherwise. */
export class Progress {
  private next = performance.now() + INTERVAL;
  private shown = false;

  constructor(private readonly stream: NodeJS.WriteStream = process.stderr) {}

  /** Shows `text` now. */
  show(text: string): void {
    if (!this.stream.isTTY) return;
    this.stream.write(`\r\x1b[2K${text}`);
    this.shown = true;
  }

  /** True when it is time for the next line: ask before making one. */
  due(now: number): boolean {
    if (now < this.next) return false;
    this.next = now + INTERVAL;
    return true;
  }

  clear(): void {
    if (this.shown) this.stream.write("\r\x1b[2K");
    this.shown = false;
  }
}
