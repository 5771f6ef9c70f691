/** Answers with a body that no client should trust. */
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { FaultRule } from './fault-rule.ts';
import type { ErrorReply, Reply } from './operation.ts';
import { encodeReply, sendReply } from './send-reply.ts';

type GarbageRule = Extract<FaultRule, { kind: 'garbage' }>;

const html = '<!doctype html><html><head><title>Bad gateway</title></head><body><h1>Bad gateway</h1></body></html>';

function* filler(bytes: number): Generator<Buffer> {
  const block = Buffer.alloc(65_536, 0x20);
  for (let left = bytes; left > 0; left -= block.length) yield block.subarray(0, Math.min(left, block.length));
}

/** JSON that starts like the real answer and continues with spaces, so that a reader without a limit reads all of it. */
async function sendHuge(response: ServerResponse, reply: Reply, bytes: number, gzip: boolean): Promise<void> {
  const { status, headers, body } = encodeReply(reply);
  response.writeHead(status, { ...headers, ...(gzip ? { 'content-encoding': 'gzip' } : {}) });
  const source = Readable.from([body, ...filler(bytes)]);
  try {
    await (gzip ? pipeline(source, createGzip(), response) : pipeline(source, response));
  } catch {
    // The client stopped reading, as a careful client does.
    response.destroy();
  }
}

/** Announces the length of the whole body, sends half of it and closes. */
function sendCutOff(response: ServerResponse, reply: Reply): void {
  const { status, headers, body } = encodeReply(reply);
  response.writeHead(status, { ...headers, 'content-length': String(body.length) });
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
}

/** Sends what `rule` defines in place of `reply`; returns the status that was sent. */
export async function sendGarbage(
  response: ServerResponse,
  rule: GarbageRule,
  reply: Reply,
  errorReply: ErrorReply,
): Promise<number> {
  const { status, body } = encodeReply(reply);
  const json = { 'content-type': 'application/json; charset=utf-8' };
  switch (rule.body) {
    case 'html':
      sendReply(response, { status, text: html, headers: { 'content-type': 'text/html; charset=utf-8' } });
      return status;
    case 'truncated-json':
      sendReply(response, { status, text: body.toString().slice(0, Math.floor(body.length / 2)), headers: json });
      return status;
    case 'wrong-content-type':
      sendReply(response, { status, text: body.toString(), headers: { 'content-type': 'text/plain' } });
      return status;
    case 'empty':
      sendReply(response, { status, text: '', headers: json });
      return status;
    case 'error-in-200':
      sendReply(response, { ...errorReply(500, 'Internal server error'), status: 200 });
      return 200;
    case 'cut-off':
      sendCutOff(response, reply);
      return status;
    case 'huge':
    case 'gzip-bomb':
      await sendHuge(response, reply, rule.bytes, rule.body === 'gzip-bomb');
      return status;
  }
}
