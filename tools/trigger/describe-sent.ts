/** Describes the answer to an event for a person, and what to do next. */
import { resolve } from 'node:path';
import { describeCode, type ErrorCode, errorCodes } from '../../lib/issuance/error-codes.ts';
import type { Answer } from './send-event.ts';
import type { Sent } from './trigger-event.ts';

export interface SentEvent extends Sent {
  source: string;
  event: string;
}

/** Whether the API has accepted the event, or ignored it because no rule is for it. */
export function isTaken({ status, body }: Answer): boolean {
  const results = Array.isArray(body?.['results']) ? (body['results'] as { code?: unknown }[]) : [];
  const unusable = [body?.['code'], ...results.map(({ code }) => code)].some((code) => typeof code === 'string');
  return status >= 200 && status < 300 && !unusable;
}

/** `state` is the state folder of the local system, or undefined for a deployed environment. */
export function describeSent({ answer, changed, source, event }: SentEvent, state: string | undefined): string {
  const made = changed.length === 0 ? [] : [`  new in it  ${changed.join(', ')}`];
  return [`${event} to ${source}: ${headline(answer)}`, ...made, ...next(answer, source, state)].join('\n');
}

function headline({ status, body, replayed }: Answer): string {
  if (body === undefined) return `${status}, without a JSON answer`;
  const { id, rule, code, title, detail } = body;
  if (typeof code === 'string') return `${status} ${[code, detail ?? title].filter(Boolean).join(': ')}`;
  if (Array.isArray(body['results'])) return `${status}, ${body['results'].map(partOf).join('; ') || 'no event'}`;
  if (body['ignored'] === true) return `${status}, ignored: no rule is for this event`;
  const by = typeof rule === 'string' ? ` by the rule ${rule}` : '';
  return `${status}, ${replayed ? 'already accepted' : 'accepted'}${by}: ${String(id ?? body['message'] ?? '')}`;
}

/** One event of several. */
function partOf(result: unknown): string {
  const { id, rule, code, replayed } = result as { id?: string; rule?: string; code?: string; replayed?: boolean };
  if (code !== undefined) return `not used: ${code}`;
  return id === undefined ? 'ignored' : `${replayed ? 'already accepted' : 'accepted'} by the rule ${rule}: ${id}`;
}

function next({ body, location }: Answer, source: string, state: string | undefined): string[] {
  const advice = body?.['advice'] ?? adviceFor(body?.['code']);
  if (typeof advice === 'string') return [`  advice     ${advice}`];
  if (body?.['ignored'] === true) return [`  next       npx iob try --source ${source} shows which rules were tried`];
  if (location === undefined) return [];
  return [`  next       curl -s ${location} -H "authorization: Bearer ${tokenOf(source, state)}"`];
}

/** A webhook that is acknowledged although it cannot be used has only its code in the answer. */
function adviceFor(code: unknown): string | undefined {
  return typeof code === 'string' && Object.hasOwn(errorCodes, code)
    ? describeCode(code as ErrorCode).advice
    : undefined;
}

/** A token of the source itself, because no other source may read its issuances. */
function tokenOf(source: string, state: string | undefined): string {
  if (state === undefined) return '$TOKEN';
  return `$(node -p "require('${resolve(state, 'sources.json')}')['${source}'].token")`;
}
