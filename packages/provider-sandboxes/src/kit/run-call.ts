/** Carries out one call with the faults that apply to it, each before or after the commit. */
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ArmedFault } from './armed-fault.ts';
import type { Call } from './call-log.ts';
import type { ErrorReply, Operation, Reply, SandboxRequest } from './operation.ts';
import { Refusal } from './refusal.ts';
import { sendFaulty } from './send-faulty.ts';
import { sendReply } from './send-reply.ts';

/** The state that all calls of a sandbox share. */
export interface CallContext {
  readonly errorReply: ErrorReply;
  readonly record: (call: Call) => void;
  readonly closing: AbortSignal;
}

async function perform(operation: Operation, request: SandboxRequest, errorReply: ErrorReply): Promise<Reply> {
  try {
    return await operation.handle(request);
  } catch (error) {
    if (error instanceof Refusal) {
      request.note({ refused: error.message });
      return errorReply(error.status, error.message);
    }
    request.note({ bug: error instanceof Error ? error.stack : String(error) });
    return errorReply(500, 'Internal server error');
  }
}

async function wait(faults: readonly ArmedFault[], commit: boolean, closing: AbortSignal): Promise<void> {
  for (const { rule, random } of faults) {
    if (rule.kind !== 'latency' || rule.commit !== commit) continue;
    await sleep(rule.ms + random() * rule.jitterMs, undefined, { signal: closing });
  }
}

/** Runs the operation unless a fault prevents it, answers (or not), and records the call with its `notes`. */
export async function runCall(
  operation: Operation,
  request: SandboxRequest,
  response: ServerResponse,
  faults: readonly ArmedFault[],
  notes: Record<string, unknown>,
  context: CallContext,
): Promise<void> {
  const started = performance.now();
  const at = new Date().toISOString();
  const ending = faults.find(({ rule }) => rule.kind !== 'latency');
  await wait(faults, false, context.closing);
  const carriedOut = ending?.rule.commit ?? true;
  const reply = carriedOut
    ? await perform(operation, request, context.errorReply)
    : context.errorReply(503, 'Service temporarily unavailable');
  await wait(faults, true, context.closing);
  const answered = await answer(response, ending, reply, context);
  context.record({
    at,
    operation: operation.name,
    method: request.method,
    path: request.path,
    outcome: carriedOut ? reply.status : null,
    answered,
    faults: faults.map(({ name }) => name),
    ms: Math.round(performance.now() - started),
    notes,
  });
}

async function answer(
  response: ServerResponse,
  ending: ArmedFault | undefined,
  reply: Reply,
  context: CallContext,
): Promise<number | null> {
  if (ending !== undefined) return await sendFaulty(response, ending.rule, reply, context);
  sendReply(response, reply);
  return reply.status;
}
