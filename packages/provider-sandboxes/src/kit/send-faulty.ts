/** Ends a call as a fault requires. */
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultRule } from './fault-rule.ts';
import type { ErrorReply, Reply } from './operation.ts';
import { sendGarbage } from './send-garbage.ts';
import { encodeReply, sendReply } from './send-reply.ts';

type StatusRule = Extract<FaultRule, { kind: 'status' }>;

/** Inputs of sending, in addition to the response: the provider's error body, and the signal that the sandbox closes. */
export interface SendContext {
  readonly errorReply: ErrorReply;
  readonly closing: AbortSignal;
}

function retryAfterHeader(rule: StatusRule): Record<string, string> {
  const { retryAfter } = rule;
  if (retryAfter === undefined) return {};
  if (typeof retryAfter !== 'object') return { 'retry-after': String(retryAfter) };
  return { 'retry-after': new Date(Date.now() + retryAfter.dateInSeconds * 1000).toUTCString() };
}

function sendStatus(response: ServerResponse, rule: StatusRule, errorReply: ErrorReply): number {
  const message = rule.message ?? (rule.status === 429 ? 'Too many requests' : 'Service temporarily unavailable');
  const reply = errorReply(rule.status, message);
  sendReply(response, { ...reply, headers: { ...reply.headers, ...retryAfterHeader(rule) } });
  return rule.status;
}

async function drip(response: ServerResponse, reply: Reply, everyMs: number, closing: AbortSignal): Promise<void> {
  const { status, headers, body } = encodeReply(reply);
  response.writeHead(status, { ...headers, 'content-length': String(body.length) });
  response.flushHeaders();
  for (const byte of body) {
    if (response.destroyed) return;
    response.write(Buffer.of(byte));
    await sleep(everyMs, undefined, { signal: closing });
  }
  response.end();
}

/** Sends `reply` as `rule` distorts it; returns the status that was sent, or null if there was none. */
export async function sendFaulty(
  response: ServerResponse,
  rule: FaultRule,
  reply: Reply,
  context: SendContext,
): Promise<number | null> {
  switch (rule.kind) {
    case 'status':
      return sendStatus(response, rule, context.errorReply);
    case 'redirect':
      sendReply(response, { status: rule.status, headers: { location: rule.location } });
      return rule.status;
    case 'drop':
      response.socket?.resetAndDestroy();
      return null;
    case 'slow-drip':
      await drip(response, reply, rule.everyMs, context.closing);
      return reply.status;
    case 'garbage':
      return await sendGarbage(response, rule, reply, context.errorReply);
    case 'hang':
    case 'latency':
      return null;
  }
}
