/** A terminal of a few rows: what is on its screen, and what has left it at the top, after everything that was written. */
import { Writable } from 'node:stream';

/** The control sequences of redrawing: cursor up and down, to the line's start, erase a line or its rest, and no others. */
const esc = '\u001b';
const sequence = new RegExp(`${esc}\\[(\\??\\d*)([A-Za-z])|\\n|[^${esc}\\n]+`, 'g');

export class TerminalScreen extends Writable {
  readonly columns: number;
  readonly rows: number;
  readonly isTTY = true;
  /** Every line that ever was, the screen's at the end. */
  readonly #lines = [''];
  #row = 0;
  #column = 0;

  constructor(columns: number, rows: number) {
    super();
    this.columns = columns;
    this.rows = rows;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    for (const [token, count, command] of chunk.toString('utf8').matchAll(sequence)) {
      if (command !== undefined) this.#obey(command, count ?? '');
      else if (token === '\n') this.#down();
      else this.#print(token);
    }
    done();
  }

  /** All lines with something on them, those that have left the screen too. */
  get lines(): string[] {
    return this.#lines.filter((line) => line.trim() !== '');
  }

  #obey(command: string, count: string): void {
    const top = Math.max(0, this.#lines.length - this.rows);
    if (command === 'A') this.#row = Math.max(top, this.#row - Number(count || 1));
    if (command === 'B') this.#row = Math.min(this.#lines.length - 1, this.#row + Number(count || 1));
    if (command === 'G') this.#column = Math.max(0, Number(count || 1) - 1);
    if (command === 'K') this.#lines[this.#row] = count === '2' ? '' : this.#line.slice(0, this.#column);
  }

  #down(): void {
    this.#row += 1;
    this.#column = 0;
    if (this.#row === this.#lines.length) this.#lines.push('');
  }

  #print(text: string): void {
    const before = this.#line.padEnd(this.#column).slice(0, this.#column);
    this.#lines[this.#row] = before + text + this.#line.slice(this.#column + text.length);
    this.#column += text.length;
  }

  get #line(): string {
    return this.#lines[this.#row] ?? '';
  }
}
