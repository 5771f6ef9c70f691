/** `GET /v1/openapi.json`: the description of this API, with the address at which it was requested. */
import { createHash } from 'node:crypto';
import type { Answer, RoutedRequest, TriggerPorts } from '../operation.ts';

/** The document is the same for everyone, and changes only with a deployment: callers keep it, and ask whether it changed. */
export async function openapi({ event, basePath }: RoutedRequest, { apiDocument }: TriggerPorts): Promise<Answer> {
  const url = `${originOf(event.requestContext.domainName)}${basePath}`;
  const body = JSON.stringify({ ...JSON.parse(apiDocument()), servers: [{ url }] });
  const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
  const headers = { etag, 'cache-control': 'no-cache' };
  if (names(event.headers['if-none-match'], etag)) return { statusCode: 304, headers };
  return { statusCode: 200, headers: { ...headers, 'content-type': 'application/json' }, body };
}

/** API Gateway speaks only https; the local run only http. */
function originOf(domain: string): string {
  return `${/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(domain) ? 'http' : 'https'}://${domain}`;
}

/** Whether If-None-Match names the tag, compared weakly (RFC 9110, 13.1.2): a proxy that compresses marks tags as weak. */
function names(ifNoneMatch: string | undefined, etag: string): boolean {
  const tags = ifNoneMatch?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
  return tags.includes('*') || tags.includes(etag);
}
