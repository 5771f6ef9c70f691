/** Writes the OpenAPI document of the HTTP API from the schemas the handlers use; `--check` compares instead. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { createDocument } from 'zod-openapi';
import { issuanceBody } from '../lib/accept/request.ts';
import { problem, problemContentType, problemOf } from '../lib/http/problem.ts';
import { describeCode, type ErrorCode, errorCodes } from '../lib/issuance/error-codes.ts';
import { IssuanceError } from '../lib/issuance/issuance-error.ts';
import { type Status, statuses } from '../lib/issuance/status.ts';
import { issuanceView } from '../lib/issuance/view.ts';

const file = join(import.meta.dirname, '../functions/trigger/openapi.json');

z.globalRegistry.add(issuanceBody, { id: 'IssuanceRequest' });
z.globalRegistry.add(issuanceView, { id: 'Issuance' });
z.globalRegistry.add(problem, { id: 'Problem', description: 'RFC 9457 problem details' });

const atTheDoor: ErrorCode[] = ['unauthorized', 'scope-missing'];
const always: ErrorCode[] = ['service-unavailable', 'internal-error'];

const codes = {
  body: [
    'request-not-json',
    'request-invalid',
    'request-too-large',
    'request-too-deep',
    'content-type-unsupported',
    'content-encoding-unsupported',
  ],
  issue: [
    'idempotency-key-missing',
    'idempotency-key-invalid',
    'idempotency-key-reused',
    'program-unknown',
    'holder-invalid',
    'claims-invalid',
    'occurred-at-invalid',
    'occurred-at-in-future',
  ],
} as const satisfies Record<string, readonly ErrorCode[]>;

/** One response per HTTP status, with an example per code. */
function refusals(...own: readonly ErrorCode[]) {
  const byStatus = Map.groupBy(own, (code) => String(describeCode(code).http ?? 500));
  return Object.fromEntries(
    [...byStatus].map(([status, sameStatus]) => [
      status,
      {
        description: sameStatus.map((code) => describeCode(code).title).join('; '),
        content: {
          [problemContentType]: {
            schema: problem,
            examples: Object.fromEntries(
              sameStatus.map((code) => [code, { value: problemOf(new IssuanceError(code)) }]),
            ),
          },
        },
      },
    ]),
  );
}

const bearer = [{ token: [] }];
const issuance = { 'application/json': { schema: issuanceView } };
const id = { in: 'path', name: 'id', required: true, schema: { type: 'string' } } as const;
const idempotencyKey = {
  in: 'header',
  name: 'Idempotency-Key',
  required: true,
  description: 'The same each time this event is sent: 1 to 255 printable ASCII characters',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
} as const;

const listParameters = [
  {
    in: 'query' as const,
    name: 'status',
    required: true,
    schema: { type: 'string' as const, enum: statuses as Status[] },
  },
  { in: 'query' as const, name: 'limit', schema: { type: 'integer' as const, minimum: 1, maximum: 100, default: 50 } },
  {
    in: 'query' as const,
    name: 'cursor',
    description: '`next` of the page before',
    schema: { type: 'string' as const },
  },
];

/** The document as it should be. */
export function openapiDocument(): string {
  const document = createDocument({
    openapi: '3.1.1',
    info: {
      title: 'Issue on Behalf',
      version: '1',
      description: 'Asks for verifiable credentials to be put into holders’ wallets, and tells what became of them.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'A token of a source' } },
    },
    paths: {
      '/v1/issuances': {
        post: {
          operationId: 'issue',
          summary: 'Ask for a credential',
          security: bearer,
          parameters: [idempotencyKey],
          requestBody: { required: true, content: { 'application/json': { schema: issuanceBody } } },
          responses: {
            '202': {
              description:
                'Durable and queued. With the header idempotent-replayed: true it is the issuance this event became before.',
              headers: { location: { schema: { type: 'string' } } },
              content: issuance,
            },
            ...refusals(...codes.body, ...codes.issue, ...atTheDoor, ...always),
          },
        },
        get: {
          operationId: 'list',
          summary: 'List the source’s issuances of a status',
          security: bearer,
          parameters: [...listParameters],
          responses: {
            '200': {
              description: 'One page; it may be short, even empty, and still have a next one',
              content: {
                'application/json': {
                  schema: z.object({ issuances: z.array(issuanceView), next: z.optional(z.string()) }),
                },
              },
            },
            ...refusals('query-invalid', ...atTheDoor, ...always),
          },
        },
      },
      '/v1/events/{source}': {
        post: {
          operationId: 'receive',
          summary: 'Take in a webhook of a configured source',
          description: 'The source proves itself as its configuration says; its rules make an issuance of the event.',
          parameters: [{ in: 'path', name: 'source', required: true, schema: { type: 'string' } }],
          requestBody: { required: true, content: { 'application/json': { schema: z.looseObject({}) } } },
          responses: {
            '200': {
              description: 'No rule of the source matches: nothing will be issued, and nothing is wrong',
              content: { 'application/json': { schema: z.object({ ignored: z.literal(true) }) } },
            },
            '202': {
              description: 'Durable and queued, with the rule that matched',
              content: { 'application/json': { schema: z.extend(issuanceView, { rule: z.string() }) } },
            },
            ...refusals('source-unverified', ...codes.body, 'rule-failed', ...codes.issue, ...always),
          },
        },
      },
      '/v1/issuances/{id}': {
        get: {
          operationId: 'show',
          summary: 'See what became of an issuance',
          security: bearer,
          parameters: [id],
          responses: {
            '200': { description: 'The issuance', content: issuance },
            ...refusals('issuance-not-found', ...atTheDoor, ...always),
          },
        },
      },
      '/v1/issuances/{id}/retry': {
        post: {
          operationId: 'retry',
          summary: 'Try a failed, uncertain or superseded issuance again',
          security: bearer,
          parameters: [id],
          responses: {
            '202': { description: 'Queued again', content: issuance },
            ...refusals(
              'issuance-not-found',
              'issuance-not-retryable',
              'newer-event-stands',
              'personal-data-gone',
              ...atTheDoor,
              ...always,
            ),
          },
        },
      },
      '/v1/health': {
        get: {
          operationId: 'health',
          summary: 'Whether the API answers',
          responses: {
            '200': {
              description: 'It does',
              content: { 'application/json': { schema: z.object({ status: z.literal('ok') }) } },
            },
          },
        },
      },
      '/v1/openapi.json': {
        get: {
          operationId: 'openapi',
          summary: 'This document',
          responses: {
            '200': { description: 'OpenAPI 3.1', content: { 'application/json': { schema: z.looseObject({}) } } },
          },
        },
      },
    },
  });
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/** Codes that no operation names; each is refused with by no operation, or forgotten here. */
export function unnamedCodes(document: string): ErrorCode[] {
  const refused = Object.keys(errorCodes) as ErrorCode[];
  const elsewhere = ['route-not-found', 'method-not-allowed'];
  return refused.filter(
    (code) => describeCode(code).kind === 'invalid' && !elsewhere.includes(code) && !document.includes(`"${code}": {`),
  );
}

function main(args: string[]): void {
  const wanted = openapiDocument();
  if (!args.includes('--check')) {
    writeFileSync(file, wanted);
    return;
  }
  if (readFileSync(file, 'utf8') !== wanted) {
    console.error('functions/trigger/openapi.json is not what the schemas say: run npm run openapi');
    process.exitCode = 1;
  }
}

if (import.meta.main) main(process.argv.slice(2));
