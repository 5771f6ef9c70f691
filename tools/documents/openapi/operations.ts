/** What the OpenAPI document says of each operation, beside what the table of routes and the codes say. */
import * as z from 'zod/mini';
import type { ZodOpenApiOperationObject } from 'zod-openapi';
import { issuanceBody } from '../../../lib/accept/request.ts';
import type { OperationId } from '../../../lib/config/routes.ts';
import type { ErrorCode } from '../../../lib/issuance/error-codes.ts';
import { issuanceView } from '../../../lib/issuance/view.ts';
import { idempotencyKey, listParameters } from './parameters.ts';
import { bodyCodes, internalCodes, requestCodes } from './refusals.ts';

export interface OperationDescription extends Omit<ZodOpenApiOperationObject, 'operationId' | 'security'> {
  /** Codes it may be refused with, beside those of a token. */
  codes: readonly ErrorCode[];
}

const json = (schema: z.ZodMiniType) => ({ 'application/json': { schema } });

export const operations: Record<OperationId, OperationDescription> = {
  issue: {
    summary: 'Ask for a credential',
    parameters: [idempotencyKey],
    requestBody: { required: true, content: json(issuanceBody) },
    responses: {
      '202': {
        description:
          'Durable and queued. With the header idempotent-replayed: true it is the issuance this event became before.',
        headers: { location: { schema: { type: 'string' } } },
        content: json(issuanceView),
      },
    },
    codes: [...bodyCodes, ...requestCodes, ...internalCodes],
  },
  list: {
    summary: 'List the source’s issuances of a status',
    parameters: listParameters,
    responses: {
      '200': {
        description: 'One page; it may be short, even empty, and still have a next one',
        content: json(z.object({ issuances: z.array(issuanceView), next: z.optional(z.string()) })),
      },
    },
    codes: ['query-invalid', ...internalCodes],
  },
  receive: {
    summary: 'Take in a webhook of a configured source',
    description: 'The source proves itself as its configuration says; its rules make an issuance of the event.',
    requestBody: { required: true, content: json(z.looseObject({})) },
    responses: {
      '200': {
        description: 'No rule of the source matches: nothing will be issued, and nothing is wrong',
        content: json(z.object({ ignored: z.literal(true) })),
      },
      '202': {
        description: 'Durable and queued, with the rule that matched',
        content: json(z.extend(issuanceView, { rule: z.string() })),
      },
    },
    codes: ['source-unverified', ...bodyCodes, 'rule-failed', ...requestCodes, ...internalCodes],
  },
  show: {
    summary: 'See what became of an issuance',
    responses: { '200': { description: 'The issuance', content: json(issuanceView) } },
    codes: ['issuance-not-found', ...internalCodes],
  },
  retry: {
    summary: 'Try a failed, uncertain or superseded issuance again',
    responses: { '202': { description: 'Queued again', content: json(issuanceView) } },
    codes: [
      'issuance-not-found',
      'issuance-not-retryable',
      'newer-event-stands',
      'personal-data-gone',
      ...internalCodes,
    ],
  },
  health: {
    summary: 'Whether the API answers',
    responses: { '200': { description: 'It does', content: json(z.object({ status: z.literal('ok') })) } },
    codes: [],
  },
  openapi: {
    summary: 'This document',
    responses: { '200': { description: 'OpenAPI 3.1', content: json(z.looseObject({})) } },
    codes: [],
  },
};
