/** JSON bodies: an unacceptable request body is refused before it is parsed; answers are never cached. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { parseExactly } from '../../lib/accept/exact-json.ts';
import { maxRequestBytes } from '../../lib/accept/json-limits.ts';
import { checkCharset, mediaTypeOf } from '../../lib/accept/media-type.ts';
import { routes } from '../../lib/config/routes.ts';
import type { Issuance } from '../../lib/issuance/issuance.ts';
import { IssuanceError } from '../../lib/issuance/issuance-error.ts';
import { viewOf } from '../../lib/issuance/view.ts';
import type { Answer, RoutedRequest } from './operation.ts';

/** The bytes as they were sent. Throws `content-encoding-unsupported`, `charset-unsupported` or `request-too-large`. */
export function readBody({ body = '', isBase64Encoded, headers }: APIGatewayProxyEventV2, maxBytes: number): Buffer {
  if (![undefined, '', 'identity'].includes(headers['content-encoding'])) {
    throw new IssuanceError('content-encoding-unsupported');
  }
  checkCharset(headers['content-type']);
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > maxBytes) throw new IssuanceError('request-too-large');
  return bytes;
}

/** Throws as readBody and parseExactly do, or `content-type-unsupported`. */
export function readJsonBody(event: APIGatewayProxyEventV2): unknown {
  const bytes = readBody(event, maxRequestBytes);
  if (mediaTypeOf(event.headers['content-type']) !== 'application/json') {
    throw new IssuanceError('content-type-unsupported');
  }
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
