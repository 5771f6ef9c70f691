/** The events that sources deliver to the running local system, as they arrived. */
import { randomUUID } from 'node:crypto';
import type { Invocation } from '@issue-on-behalf/local-cloud';
import type { APIGatewayProxyEventV2, SQSEvent, SQSRecord } from 'aws-lambda';
import { routeKeyOf, routes } from '../../lib/config/routes.ts';
import { queueSourceOf } from '../../lib/sources/queue-source.ts';
import type { Sources } from '../../lib/sources/settings.ts';
import { settingsOf } from '../senders/sender-secret.ts';

export interface Delivery {
  id: string;
  /** RFC 3339. */
  at: string;
  source: string;
  by: 'webhook' | 'message';
  /** Names in lower case; without those that rules cannot read. */
  headers: Record<string, string>;
  /** In base64: the bytes as they arrived. */
  body: string;
  /** The answer to a webhook. */
  answer?: { status: number; body: string };
}

/** Those of an invocation; none if it is about something else. */
export function deliveriesIn({ event, result }: Invocation, sources: Sources): Delivery[] {
  if (isHttp(event)) return webhookIn(event, result, sources);
  return isQueue(event) ? event.Records.flatMap((record) => messageIn(record, sources)) : [];
}

function isHttp(event: unknown): event is APIGatewayProxyEventV2 {
  return typeof event === 'object' && event !== null && 'routeKey' in event;
}

function isQueue(event: unknown): event is SQSEvent {
  return typeof event === 'object' && event !== null && 'Records' in event && Array.isArray(event.Records);
}

/** They prove who the sender is, and would let a reader of the stream send in its name. */
const secretHeaders = new Set(['authorization', 'cookie', 'proxy-authorization']);

const eventRoutes = new Set([routeKeyOf(routes.receive), routeKeyOf(routes.receiveByToken)]);

function webhookIn(event: APIGatewayProxyEventV2, result: unknown, sources: Sources): Delivery[] {
  const { source } = event.pathParameters ?? {};
  if (!eventRoutes.has(event.routeKey) || source === undefined) return [];
  const tokenHeader = tokenHeaderOf(source, sources);
  const { statusCode = 500, body = '' } = (result ?? {}) as { statusCode?: number; body?: string };
  const headers = Object.entries(event.headers).flatMap(([name, value]) =>
    value === undefined || secretHeaders.has(name) || name === tokenHeader ? [] : [[name, value] as const],
  );
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  return [{ ...made('webhook', source, Object.fromEntries(headers), bytes), answer: { status: statusCode, body } }];
}

/** The header in which the source sends its token. */
function tokenHeaderOf(source: string, sources: Sources): string | undefined {
  const proof = Object.hasOwn(sources, source) ? sources[source]?.proof : undefined;
  const settings = proof && settingsOf(proof);
  return settings?.scheme === 'header-token' ? settings.header : undefined;
}

function messageIn({ body, messageAttributes }: SQSRecord, sources: Sources): Delivery[] {
  const headers = Object.entries(messageAttributes ?? {}).flatMap(([name, { stringValue }]) =>
    stringValue === undefined ? [] : [[name.toLowerCase(), stringValue] as const],
  );
  const attributes = Object.fromEntries(headers);
  const source = sourceOf(attributes['source'], body, sources);
  return source === undefined ? [] : [made('message', source, attributes, Buffer.from(body))];
}

function sourceOf(attribute: string | undefined, body: string, sources: Sources): string | undefined {
  try {
    return queueSourceOf(attribute, JSON.parse(body), sources)?.source;
  } catch {
    return undefined;
  }
}

function made(by: Delivery['by'], source: string, headers: Record<string, string>, body: Buffer): Delivery {
  return { id: randomUUID(), at: new Date().toISOString(), source, by, headers, body: body.toString('base64') };
}
