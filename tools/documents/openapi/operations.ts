/** The OpenAPI description of each operation, beyond what the table of routes and the codes say. */
import * as z from 'zod/mini';
import type { ZodOpenApiOperationObject, ZodOpenApiResponseObject } from 'zod-openapi';
import type { OperationId } from '../../../lib/config/routes.ts';
import type { ErrorCode } from '../../../lib/issuance/error-codes.ts';
import { issuanceView } from '../../../lib/issuance/view.ts';
import { allowOrigin, byToken, challenge, challengeMembers, challengeText } from './challenge-operations.ts';
import {
  acceptedEvent,
  confirmedIssuance,
  event,
  failedIssuance,
  issuanceRequest,
  page,
  queuedIssuance,
} from './examples.ts';
import { headersWith } from './headers.ts';
import { idempotencyKey, ifNoneMatch, listParameters } from './parameters.ts';
import { bodyCodes, internalCodes, requestCodes } from './refusals.ts';
import { eventAnswers, requestBody } from './schemas.ts';

export interface OperationDescription extends Omit<ZodOpenApiOperationObject, 'operationId' | 'security'> {
  /** Codes with which the operation may be refused, in addition to the token codes. */
  codes: readonly ErrorCode[];
}

/** A JSON body with its examples by name. */
const json = (schema: z.ZodMiniType, values: Record<string, unknown>) => {
  const examples = Object.entries(values).map(([name, value]) => [name, { value }]);
  return { 'application/json': { schema, examples: Object.fromEntries(examples) } };
};

const idOfBody = { id: '$response.body#/id' };
const links = {
  show: { operationId: 'show', parameters: idOfBody, description: 'Follow the issuance until it ends' },
};

/** An issuance that is stored and queued. */
const accepted = (description: string, content: ZodOpenApiResponseObject['content']): ZodOpenApiResponseObject => ({
  description,
  headers: headersWith('Location', 'IdempotentReplayed'),
  ...(content && { content }),
  links,
});

const receive: OperationDescription = {
  summary: 'Receive a webhook of a configured source',
  description:
    'The source is verified as its configuration says, by headers of its own, and its rules map the event, or each of several events, to an issuance.',
  requestBody: {
    required: true,
    content: {
      ...json(z.looseObject({}), { event }),
      'application/x-www-form-urlencoded': { schema: z.looseObject({}) },
    },
  },
  responses: {
    '200': {
      description:
        'No rule of the source matches, so nothing is issued. This is not an error. Or, if the source splits deliveries: every event is stored and queued, or ignored. Or the answer to a challenge of the sender.',
      headers: headersWith('ContentTypeOptions'),
      content: {
        ...challengeText,
        ...json(z.union([eventAnswers.done, challengeMembers]), {
          ignored: { ignored: true },
          split: { results: [{ id: acceptedEvent.id, status: 'queued', rule: acceptedEvent.rule }, { ignored: true }] },
        }),
      },
    },
    '202': accepted(
      'Stored and queued, with the name of the rule that matched.',
      json(eventAnswers.accepted, { accepted: acceptedEvent }),
    ),
  },
  codes: ['source-unverified', ...bodyCodes, 'rule-failed', ...requestCodes, ...internalCodes],
};

export const operations: Record<OperationId, OperationDescription> = {
  issue: {
    summary: 'Ask for a credential',
    description:
      'After a 5xx, a 429 or no answer, repeat the request with the same key. The credential is issued later and can still fail.',
    parameters: [idempotencyKey],
    requestBody: { required: true, content: json(requestBody, { kyc: issuanceRequest }) },
    responses: {
      '202': accepted(
        'Stored and queued. With the header idempotent-replayed: true, the issuance that an earlier request with this key created.',
        json(issuanceView, { queued: queuedIssuance }),
      ),
    },
    codes: [...bodyCodes, 'idempotency-key-missing', ...requestCodes, ...internalCodes],
  },
  list: {
    summary: 'List the source’s issuances with a status',
    parameters: listParameters,
    responses: {
      '200': {
        description: 'One page. It may be short or even empty and still have a `next`.',
        headers: headersWith(),
        content: json(z.object({ issuances: z.array(issuanceView), next: z.optional(z.string()) }), { page }),
        links: {
          next: {
            operationId: 'list',
            parameters: { status: '$request.query.status', cursor: '$response.body#/next' },
            description: 'The next page, if the body has a `next`',
          },
        },
      },
    },
    codes: ['query-invalid', ...internalCodes],
  },
  receive,
  receiveByToken: { ...receive, summary: 'Receive a webhook of a source whose proof is a token in the path' },
  challenge,
  challengeByToken: byToken(challenge),
  allowOrigin,
  allowOriginByToken: byToken(allowOrigin),
  show: {
    summary: 'Show an issuance',
    responses: {
      '200': {
        description: 'The issuance',
        headers: headersWith(),
        content: json(issuanceView, { confirmed: confirmedIssuance, failed: failedIssuance }),
      },
    },
    codes: ['issuance-not-found', ...internalCodes],
  },
  retry: {
    summary: 'Retry a failed, uncertain or superseded issuance',
    responses: {
      '202': {
        description: 'The issuance, queued again',
        headers: headersWith(),
        content: json(issuanceView, { queued: queuedIssuance }),
        links,
      },
    },
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
    responses: {
      '200': {
        description: 'The API answers',
        headers: headersWith(),
        content: json(z.object({ status: z.literal('ok') }), { ok: { status: 'ok' } }),
      },
    },
    codes: [],
  },
  openapi: {
    summary: 'OpenAPI document',
    parameters: [ifNoneMatch],
    responses: {
      '200': {
        description: 'This document, in OpenAPI 3.1, with the address at which it was requested',
        headers: headersWith('ETag'),
        content: { 'application/json': { schema: z.looseObject({ openapi: z.string() }) } },
      },
      '304': { description: 'The document has not changed', headers: headersWith('ETag') },
    },
    codes: [],
  },
};
