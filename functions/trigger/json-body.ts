/** JSON bodies: an unacceptable request body is refused before it is parsed; answers are never cached. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { parseExactly } from '../../lib/accept/exact-json.ts';
import { maxBodyBytes } from '../../lib/accept/json-limits.ts';
import { routes } from '../../lib/config/routes.ts';
import type { Issuance } from '../../lib/issuance/issuance.ts';
import { IssuanceError } from '../../lib/issuance/issuance-error.ts';
import { viewOf } from '../../lib/issuance/view.ts';
import type { Answer, RoutedRequest } from './operation.ts';

/** The bytes as they were sent. Throws `content-encoding-unsupported` or `request-too-large`. */
export function readBody({ body = '', isBase64Encoded, headers }: APIGatewayProxyEventV2): Buffer {
  if (![undefined, '', 'identity'].includes(headers['content-encoding'])) {
    throw new IssuanceError('content-encoding-unsupported');
  }
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > maxBodyBytes) throw new IssuanceError('request-too-large');
  return bytes;
}

/** Throws `content-type-unsupported`. */
export function checkContentType(headers: APIGatewayProxyEventV2['headers'], wanted: RegExp): void {
  if (!wanted.test(headers['content-type'] ?? '')) throw new IssuanceError('content-type-unsupported');
}

/** Throws `content-encoding-unsupported`, `content-type-unsupported`, `request-too-large`, or as parseExactly does. */
export function readJsonBody(event: APIGatewayProxyEventV2): unknown {
  const bytes = readBody(event);
  checkContentType(event.headers, /^application\/json\s*(;|$)/i);
  return parseExactly(textOf(bytes));
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new IssuanceError('request-not-json');
  }
}

export function json(statusCode: number, body: unknown, headers: Record<string, string> = {}): Answer {
  const common = { 'content-type': 'application/json', 'cache-control': 'no-store' };
  return { statusCode, headers: { ...common, ...headers }, body: JSON.stringify(body) };
}

/** An issuance that is stored and queued, by this request or by an earlier request with the same key. */
export function accepted(
  { issuance, replay }: { issuance: Issuance; replay: boolean },
  { basePath }: RoutedRequest,
  more: object = {},
): Answer {
  const location = `${basePath}${routes.show.path.replace('{id}', issuance.id)}`;
  return json(202, { ...viewOf(issuance), ...more }, { location, ...(replay && { 'idempotent-replayed': 'true' }) });
}
