/** Sends a reply unchanged. */
import type { ServerResponse } from 'node:http';
import type { Reply } from './operation.ts';

/** A reply as bytes. */
export interface EncodedReply {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

/** Serializes a reply and determines its content type. */
export function encodeReply(reply: Reply): EncodedReply {
  const body = Buffer.from(reply.text ?? (reply.json === undefined ? '' : JSON.stringify(reply.json)));
  const type = reply.json === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' };
  return { status: reply.status, headers: { ...type, ...reply.headers }, body };
}

/** Sends the whole reply at once. */
export function sendReply(response: ServerResponse, reply: Reply): void {
  const { status, headers, body } = encodeReply(reply);
  response.writeHead(status, { ...headers, 'content-length': String(body.length) });
  response.end(body);
}
