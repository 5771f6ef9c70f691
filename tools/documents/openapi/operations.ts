/** The OpenAPI description of each operation, beyond what the table of routes and the codes say. */
import * as z from 'zod/mini';
import type { ZodOpenApiOperationObject } from 'zod-openapi';
import { issuanceBody } from '../../../lib/accept/request.ts';
import type { OperationId } from '../../../lib/config/routes.ts';
import type { ErrorCode } from '../../../lib/issuance/error-codes.ts';
import { issuanceView } from '../../../lib/issuance/view.ts';
import { idempotencyKey, listParameters } from './parameters.ts';
import { bodyCodes, internalCodes, requestCodes } from './refusals.ts';

export interface OperationDescription extends Omit<ZodOpenApiOperationObject, 'operationId' | 'security'> {
  /** Codes with which the operation may be refused, in addition to the token codes. */
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
          'Stored and queued. With the header idempotent-replayed: true, the issuance that an earlier request with this key created.',
        headers: { location: { schema: { type: 'string' } } },
        content: json(issuanceView),
      },
    },
    codes: [...bodyCodes, ...requestCodes, ...internalCodes],
  },
  list: {
    summary: 'List the source’s issuances with a status',
    parameters: listParameters,
    responses: {
      '200': {
        description: 'One page. It may be short or even empty and still have a `next`.',
        content: json(z.object({ issuances: z.array(issuanceView), next: z.optional(z.string()) })),
      },
    },
    codes: ['query-invalid', ...internalCodes],
  },
  receive: {
    summary: 'Receive a webhook of a configured source',
    description: 'The source is verified as its configuration says, and its rules map the event to an issuance.',
    requestBody: { required: true, content: json(z.looseObject({})) },
    responses: {
      '200': {
        description: 'No rule of the source matches, so nothing is issued. This is not an error.',
        content: json(z.object({ ignored: z.literal(true) })),
      },
      '202': {
        description: 'Stored and queued, with the name of the rule that matched.',
        content: json(z.extend(issuanceView, { rule: z.string() })),
      },
    },
    codes: ['source-unverified', ...bodyCodes, 'rule-failed', ...requestCodes, ...internalCodes],
  },
  show: {
    summary: 'Show an issuance',
    responses: { '200': { description: 'The issuance', content: json(issuanceView) } },
    codes: ['issuance-not-found', ...internalCodes],
  },
  retry: {
    summary: 'Retry a failed, uncertain or superseded issuance',
    responses: { '202': { description: 'The issuance, queued again', content: json(issuanceView) } },
    codes: [
      'issuance-not-found',
      'issuance-not-retryable',
      'newer-event-stands',
      'personal-data-gone',
      ...internalCodes,
    ],
  },
  health: {
    summary: 'Health check',
    responses: { '200': { description: 'The API answers', content: json(z.object({ status: z.literal('ok') })) } },
    codes: [],
  },
  openapi: {
    summary: 'OpenAPI document',
    responses: { '200': { description: 'This document, in OpenAPI 3.1', content: json(z.looseObject({})) } },
    codes: [],
  },
};
