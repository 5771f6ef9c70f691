/** The progress of a command: a bar on a terminal, otherwise a plain line from time to time. */

export interface Progress {
  /** `total` is an estimate, or undefined if it is unknown. */
  show(done: number, total: number | undefined): void;
  end(): void;
}

const width = 30;
/** Without a terminal, one line per this many items. */
const everyLines = 500;

export function progressOn(stream: NodeJS.WriteStream, what: string): Progress {
  return stream.isTTY ? bar(stream, what) : lines(stream, what);
}

function bar(stream: NodeJS.WriteStream, what: string): Progress {
  return {
    show(done, total) {
      const share = total === undefined || total === 0 ? undefined : Math.min(1, done / total);
      const filled = Math.round((share ?? 0) * width);
      const drawn = share === undefined ? '' : ` [${'#'.repeat(filled)}${'.'.repeat(width - filled)}]`;
      stream.write(`\r${what}${drawn} ${done}${total === undefined ? '' : ` of about ${total}`}\u001b[K`);
    },
    end: () => stream.write('\r\u001b[K'),
  };
}

function lines(stream: NodeJS.WriteStream, what: string): Progress {
  let next = everyLines;
  return {
    show(done, total) {
      if (done < next) return;
      stream.write(`${what} ${done}${total === undefined ? '' : ` of about ${total}`}\n`);
      next = done + everyLines;
    },
    end: () => undefined,
  };
}
