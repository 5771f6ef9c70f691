/** The headers of answers, as components of the OpenAPI document. */
import type { ZodOpenApiHeaderObject } from 'zod-openapi';

const text = { type: 'string' } as const;

export const headerComponents = {
  RequestId: {
    description:
      'The id of the request; quote it when you report a problem. Answers of API Gateway itself have apigw-requestid instead.',
    schema: text,
  },
  CacheControl: { description: 'Whether the answer may be kept', schema: { ...text, enum: ['no-store', 'no-cache'] } },
  Location: {
    description: 'The path of the issuance, with the mapping key of a custom domain',
    required: true,
    schema: { ...text, format: 'uri-reference', pattern: '/v1/issuances/iss_[\\w-]{27}$' },
  },
  IdempotentReplayed: {
    description: 'Only if an earlier request with this idempotency key created the issuance',
    schema: { ...text, enum: ['true'] },
  },
  ETag: {
    description: 'The version of the document; send it as If-None-Match',
    required: true,
    schema: { ...text, pattern: '^"[\\w-]+"$' },
  },
  WwwAuthenticate: {
    description:
      'RFC 6750: without an error if no token was sent; invalid_token for a token that is not known; insufficient_scope with the scope that the token lacks',
    required: true,
    schema: {
      ...text,
      pattern: '^Bearer realm="[\\w-]+"(, error="(invalid_token|insufficient_scope)"(, scope="\\w+")?)?$',
      examples: ['Bearer realm="issue-on-behalf", error="insufficient_scope", scope="operate"'],
    },
  },
  RetryAfter: {
    description:
      'Seconds after which the request may be repeated. Without it, wait a second, and double the pause each time.',
    schema: { type: 'integer', minimum: 0 },
  },
  ContentTypeOptions: { description: 'The answer is no page', schema: { ...text, enum: ['nosniff'] } },
  AllowPost: { description: 'Events are sent with POST', schema: { ...text, enum: ['POST'] } },
  Allow: { description: 'The methods of this path', required: true, schema: text },
  AllowedOrigin: { description: 'The sender that may send', required: true, schema: text },
  AllowedRate: { description: 'Events per minute', required: true, schema: { type: 'integer', minimum: 1 } },
} as const satisfies Record<string, ZodOpenApiHeaderObject>;

export type HeaderName = keyof typeof headerComponents;

const names: Record<HeaderName, string> = {
  RequestId: 'x-request-id',
  CacheControl: 'cache-control',
  Location: 'location',
  IdempotentReplayed: 'idempotent-replayed',
  ETag: 'etag',
  WwwAuthenticate: 'www-authenticate',
  RetryAfter: 'retry-after',
  ContentTypeOptions: 'x-content-type-options',
  AllowPost: 'allow',
  Allow: 'allow',
  AllowedOrigin: 'webhook-allowed-origin',
  AllowedRate: 'webhook-allowed-rate',
};

/** The headers of an answer: those of every answer, and these. */
export function headersWith(...more: HeaderName[]) {
  const all: HeaderName[] = ['RequestId', 'CacheControl', ...more];
  return Object.fromEntries(all.map((name) => [names[name], { $ref: `#/components/headers/${name}` }]));
}
