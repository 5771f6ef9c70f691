/** Reads the body of an HTTP request up to a limit. */
import type { IncomingMessage } from 'node:http';

/** The request is larger than allowed. */
export class BodyTooLarge extends Error {
  constructor() {
    super('the request body is too large');
    this.name = 'BodyTooLarge';
  }
}

/** The whole body; fails with BodyTooLarge past the limit (bytes). */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
