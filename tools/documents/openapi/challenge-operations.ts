/** The OpenAPI descriptions of what a sender asks before it sends events. */
import * as z from 'zod/mini';
import type { ZodOpenApiOperationObject } from 'zod-openapi';
import type { ErrorCode } from '../../../lib/issuance/error-codes.ts';
import { headersWith } from './headers.ts';
import { internalCodes } from './refusals.ts';

const codes: readonly ErrorCode[] = ['source-unverified', 'method-not-allowed'];

/** The answer to a challenge: the sender's own text. */
export const challengeText = {
  'text/plain': { schema: { type: 'string' as const }, examples: { challenge: { value: '1158201444' } } },
};

/** The sender's own text as a member, and perhaps a signature of it. */
export const challengeMembers = z.record(z.string(), z.string());

type Description = Omit<ZodOpenApiOperationObject, 'operationId' | 'security'> & { codes: readonly ErrorCode[] };

export const challenge: Description = {
  summary: 'Answer the challenge of a sender',
  description:
    'For senders that check the endpoint with a GET, if the source has a `challenge`. Other sources answer like a source that does not exist.',
  responses: {
    '200': {
      description: 'What the sender wants to see again',
      headers: headersWith('ContentTypeOptions'),
      content: {
        ...challengeText,
        'application/json': { schema: challengeMembers, examples: { okta: { value: { verification: 'a0b1c2' } } } },
      },
    },
  },
  codes,
};

export const allowOrigin: Description = {
  summary: 'Allow the events of a sender of CloudEvents',
  description: 'Abuse protection of CloudEvents, if the source has such a `challenge` with this origin.',
  responses: {
    '200': {
      description: 'The origin may send events',
      headers: headersWith('ContentTypeOptions', 'AllowPost', 'AllowedOrigin', 'AllowedRate'),
    },
  },
  codes,
};

/** The same for a sender whose proof is a token in the path, which is checked first. */
export const byToken = (description: Description): Description => ({
  ...description,
  summary: `${description.summary}, whose proof is a token in the path`,
  codes: [...codes, ...internalCodes],
});
