/** The body of a gateway event, refused before it is parsed when it cannot be what we take. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { parseExactly } from '../../lib/accept/exact-json.ts';
import { maxBodyBytes } from '../../lib/accept/request.ts';
import { IssuanceError } from '../../lib/issuance/issuance-error.ts';

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
