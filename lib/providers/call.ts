/**
 * The shared code for all calls to providers: authenticated, under one deadline, tried once more after a 401. Every failure
 * is an IssuanceError that says whether the provider may have acted.
 */
import type * as z from 'zod/mini';
import { NoAnswer, type OutboundAnswer, type OutboundRequest, request } from '../http/outbound.ts';
import { parseRetryAfter } from '../http/retry-after.ts';
import type { ErrorCode } from '../issuance/error-codes.ts';
import { IssuanceError } from '../issuance/issuance-error.ts';
import type { Standing } from '../issuance/provider.ts';
import type { Authentication, Headers } from './authentication.ts';
import type { ProviderPorts } from './definition.ts';

export type StatusTable = Readonly<Record<number, ErrorCode>>;

/** The properties of all calls of one kind. */
export interface CallKind {
  /** Its name in the details of errors: `HTTP 404 to the push`. */
  name?: string;
  /** The statuses of a successful answer. */
  ok: readonly number[];
  /** The codes of other statuses; 401 after the second attempt. */
  errors: StatusTable;
  /** Statuses of a refusal that other credentials may resolve. Default: 401. */
  refusals?: readonly number[];
  /** The code of all remaining statuses and of an unreadable answer. Default: by the class of the status. */
  otherwise?: ErrorCode;
  /** The code of a lost answer. Default: the provider may have acted. */
  lost?: ErrorCode;
}

/** The default code of a status, unless the provider's contract differs. */
export const usualErrors = {
  400: 'provider-rejected-claims',
  401: 'provider-refused-login',
  403: 'provider-feature-disabled',
  408: 'provider-unavailable',
  422: 'provider-rejected-claims',
  425: 'provider-unavailable',
  429: 'provider-rate-limited',
  // A proxy in front of the provider can answer it after the provider acted.
  503: 'provider-unavailable-in-doubt',
} as const satisfies StatusTable;

/** An answer of the provider with any status. */
export interface ProviderAnswer extends OutboundAnswer {
  receivedAt: Date;
  /** The body, validated by this schema. Throws the code of the answer if its status is not `ok` or its body is not valid. */
  read<Schema extends z.ZodMiniType>(schema: Schema): z.infer<Schema>;
}

export type CallPorts = Pick<ProviderPorts, 'fetch' | 'callDeadlineMs' | 'now'>;

/** Calls with the account's authentication, and once more with a newer authentication if the first is refused. */
export async function callProvider(
  kind: CallKind,
  wanted: OutboundRequest,
  authentication: Authentication,
  ports: CallPorts,
): Promise<ProviderAnswer> {
  const headers = (await authentication.headers()) ?? {};
  const answer = await attempt(kind, wanted, headers, ports);
  if (!(kind.refusals ?? [401]).includes(answer.status)) return answer;
  const newer = await authentication.headers(headers);
  return newer === undefined ? answer : attempt(kind, wanted, newer, ports);
}

async function attempt(
  kind: CallKind,
  wanted: OutboundRequest,
  headers: Headers,
  ports: CallPorts,
): Promise<ProviderAnswer> {
  const limits = { fetch: ports.fetch, deadlineMs: ports.callDeadlineMs };
  const sent = { ...wanted, headers: { ...wanted.headers, ...headers } };
  const answer = await request(sent, limits).catch((error: unknown) => {
    throw error instanceof NoAnswer ? unanswered(kind, error) : error;
  });
  const receivedAt = ports.now();
  return {
    ...answer,
    receivedAt,
    read(schema) {
      const parsed = schema.safeParse(answer.json);
      if (kind.ok.includes(answer.status) && parsed.success) return parsed.data;
      throw failure(kind, answer, receivedAt);
    },
  };
}

/** An IssuanceError of `fetch` itself, for example for our own limit, is passed on unchanged. */
function unanswered({ name, lost = 'provider-answer-lost' }: CallKind, failed: NoAnswer): IssuanceError {
  if (failed.cause instanceof IssuanceError) return failed.cause;
  return new IssuanceError(failed.sent === 'no' ? 'provider-unreachable' : lost, {
    cause: failed,
    ...(name !== undefined && { detail: `no answer to the ${name}` }),
  });
}

/** Never contains the provider's text, which may repeat values. */
function failure({ name, errors, otherwise }: CallKind, answer: OutboundAnswer, receivedAt: Date): IssuanceError {
  const { status, headers } = answer;
  const retryAfterSeconds = parseRetryAfter(headers.get('retry-after'), receivedAt);
  return new IssuanceError(errors[status] ?? otherwise ?? byClass(status), {
    detail: name === undefined ? `HTTP ${status}` : `HTTP ${status} to the ${name}`,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });
}

function byClass(status: number): ErrorCode {
  if (status >= 500) return 'provider-answer-lost';
  // An unreadable success may have issued a credential. A redirect is never followed, so nothing was done.
  return status < 300 ? 'provider-answer-unreadable' : 'provider-refused-request';
}

/** An answer about another id is not accepted, and the request is repeated. An answer without an id is accepted. */
export function mustBeAbout(asked: string, answered: string | null | undefined, detail: string): void {
  if (answered === undefined || answered === null || answered === asked) return;
  throw new IssuanceError('provider-answer-unreadable', { detail });
}

/** The meaning of a provider's status value. A value that is not in the table is neither an end nor a success. */
export function standingOf(word: string, table: Readonly<Record<string, Standing>>): Standing {
  return (Object.hasOwn(table, word) ? table[word] : undefined) ?? { state: 'unrecognized' };
}
