/** The JSON body of a gateway event, refused before it is parsed when it can't be what we take. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { IssuanceError } from '../../lib/issuance/issuance-error.ts';
import { maxBodyBytes } from '../../lib/issuance/request.ts';

/** Throws `content-encoding-unsupported`, `content-type-unsupported`, `request-too-large` or `request-not-json`. */
export function readJsonBody({ body = '', isBase64Encoded, headers }: APIGatewayProxyEventV2): unknown {
  if (![undefined, '', 'identity'].includes(headers['content-encoding'])) {
    throw new IssuanceError('content-encoding-unsupported');
  }
  if (!/^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '')) {
    throw new IssuanceError('content-type-unsupported');
  }
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > maxBodyBytes) throw new IssuanceError('request-too-large');
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new IssuanceError('request-not-json');
  }
}
