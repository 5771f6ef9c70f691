/** Reads a request's body up to a limit. */
import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal.ts';

/** The body, or an empty body and `oversized` if it is longer than `limit` bytes. */
export async function readBody(
  request: IncomingMessage,
  limit: number,
): Promise<{ readonly body: Buffer; readonly oversized: boolean }> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Read to the end even when too long: a client that is still sending would not see the answer.
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
    else chunks.length = 0;
  }
  const oversized = size > limit;
  return { body: oversized ? Buffer.alloc(0) : Buffer.concat(chunks), oversized };
}

/** The body as JSON; throws a Refusal (400) if it is not JSON. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new Refusal(400, 'the body is not valid JSON');
  }
}
