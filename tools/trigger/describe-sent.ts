/** Describes the answer to an event for a person, and what to do next. */
import { resolve } from 'node:path';
import type { Answer } from './send-event.ts';
import type { Sent } from './trigger-event.ts';

export interface SentEvent extends Sent {
  source: string;
  event: string;
}

/** Whether the API has accepted the event, or ignored it because no rule is for it. */
export function isTaken({ status, body }: Answer): boolean {
  return status >= 200 && status < 300 && typeof body?.['code'] !== 'string';
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
  const { id, rule, replayed } = result as { id?: string; rule?: string; replayed?: boolean };
  return id === undefined ? 'ignored' : `${replayed ? 'already accepted' : 'accepted'} by the rule ${rule}: ${id}`;
}

function next({ body, location }: Answer, source: string, state: string | undefined): string[] {
  if (typeof body?.['advice'] === 'string') return [`  advice     ${body['advice']}`];
  if (body?.['ignored'] === true) return [`  next       npx iob try --source ${source} shows which rules were tried`];
  if (location === undefined) return [];
  return [`  next       curl -s ${location} -H "authorization: Bearer ${tokenOf(source, state)}"`];
}

/** A token of the source itself, because no other source may read its issuances. */
function tokenOf(source: string, state: string | undefined): string {
  if (state === undefined) return '$TOKEN';
  return `$(node -p "require('${resolve(state, 'sources.json')}')['${source}'].token")`;
}
