/** The schemas of the OpenAPI document: their names, what they say of each member, and how far answers may grow. */
import * as z from 'zod/mini';
import type { CreateDocumentOptions, oas31 } from 'zod-openapi';
import { issuanceBody } from '../../../lib/accept/request.ts';
import { problem } from '../../../lib/http/problem.ts';
import { errorCodes } from '../../../lib/issuance/error-codes.ts';
import { issuanceView, viewParts } from '../../../lib/issuance/view.ts';
import { gatewayError } from './gateway-answers.ts';

/** The body of a request; its claims as any JSON object, without the recursive schema that generators do not take. */
export const requestBody = z.extend(issuanceBody, { claims: z.record(z.string(), z.unknown()) });

/** `code`: the event cannot be used, and is kept for an operator. */
const ignored = z.object({ ignored: z.literal(true), code: z.optional(viewParts.code) });
const result = z.object({
  id: issuanceView.shape.id,
  status: viewParts.status,
  rule: z.string(),
  /** It was accepted before. */
  replayed: z.optional(z.literal(true)),
});
const delivery = z.object({ ignored: z.optional(z.literal(true)), results: z.array(z.union([result, ignored])) });

/** The bodies of the answers to a webhook. */
export const eventAnswers = {
  done: z.union([ignored, delivery]),
  accepted: z.intersection(issuanceView, z.object({ rule: z.string() })),
};

const codeSchema = {
  type: 'string',
  pattern: '^[a-z][a-z0-9-]*$',
  description: 'A stable code. New codes may be added; docs/errors.md describes each.',
  'x-extensible-enum': Object.keys(errorCodes),
} as const;

z.globalRegistry.add(requestBody, { id: 'IssuanceRequest' });
z.globalRegistry.add(issuanceView, { id: 'Issuance' });
z.globalRegistry.add(eventAnswers.accepted, { id: 'AcceptedEvent' });
z.globalRegistry.add(ignored, { id: 'IgnoredEvent' });
z.globalRegistry.add(result, { id: 'EventResult' });
z.globalRegistry.add(delivery, {
  id: 'SplitDelivery',
  description: 'The result of each event, in the order of the delivery',
});
z.globalRegistry.add(viewParts.status, { id: 'Status' });
z.globalRegistry.add(viewParts.code, { id: 'Code' });
z.globalRegistry.add(problem, { id: 'Problem', description: 'RFC 9457 problem details' });
z.globalRegistry.add(gatewayError, { id: 'GatewayError', description: 'An answer of API Gateway itself' });

const instant = { type: 'string', format: 'date-time' };

const replacements = new Map<unknown, oas31.SchemaObject>([
  [viewParts.code, codeSchema],
  [
    viewParts.time,
    { ...instant, pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' } as oas31.SchemaObject,
  ],
  [issuanceBody.shape.occurredAt, { ...instant, pattern: '(Z|[+-]\\d\\d:\\d\\d)$' } as oas31.SchemaObject],
  [problem.shape.code, { $ref: '#/components/schemas/Code' } as oas31.SchemaObject],
]);

/** Replaces schemas that say too much; answers may grow, requests may not have members that are not known. */
export const override: NonNullable<CreateDocumentOptions['override']> = ({ zodSchema, jsonSchema, io }) => {
  const replacement = replacements.get(zodSchema);
  if (replacement !== undefined) {
    for (const key of Object.keys(jsonSchema)) delete jsonSchema[key];
    Object.assign(jsonSchema, replacement);
  }
  if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
};

/** What each member means, by schema and member. */
const members: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  IssuanceRequest: {
    program: 'Name of a program of this environment',
    holder: 'An e-mail address at AIR Kit, the external key of a wallet at Credenco',
    claims: 'The credential subject, as the program’s schema describes it',
    occurredAt: 'When the event happened: RFC 3339 with an offset. Among events of a holder, the newest wins.',
  },
  Issuance: {
    attempts: 'The number of attempts',
    assurance: 'With `confirmed`: what the confirmation proves',
    assuranceNote: 'The assurance as a sentence',
    offered: 'The credential was only offered in the wallet’s inbox, where someone has to accept it',
    existing: 'The holder keeps an older credential; these claims were not issued',
    replaced: 'A newer credential of the same holder and program was issued before this one was confirmed',
    superseded: 'With `failed`: the number of older issuances that are not issued because of this one',
    reason: 'The reason for the status, and what to do',
    receipt: 'The provider’s ids of the credential',
    history: 'The first and the latest 19 changes of status',
  },
  Problem: { detail: 'The field or part that is wrong', advice: 'What the caller should do' },
};

/** Adds the descriptions of the members. Throws for a member that the schema does not have. */
export function describeMembers(schemas: Readonly<Record<string, unknown>> = {}): void {
  for (const [name, descriptions] of Object.entries(members)) {
    const { properties = {} } = (schemas[name] ?? {}) as oas31.SchemaObject;
    for (const [member, description] of Object.entries(descriptions)) {
      if (!Object.hasOwn(properties, member)) throw new Error(`${name} has no member ${member}`);
      Object.assign(properties[member] as object, { description });
    }
  }
}
