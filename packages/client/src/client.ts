/** The client: requests credentials, follows them, and repeats what is safe to repeat. */
import createClient, { type Client } from 'openapi-fetch';
import { checkAddress } from './address.ts';
import { readAnswer, type TypedAnswer } from './answers.ts';
import type { paths } from './api-types.ts';
import type { Issuance, IssuanceRequest, Status } from './names.ts';
import { repeatingFetch } from './repeating-fetch.ts';
import { realTiming, type Timing } from './timing.ts';
import { type WaitOptions, waitForEnd } from './wait.ts';

export interface ClientSettings {
  /** The output ApiUrl of the stateless stack, or a custom domain with its mapping key. */
  baseUrl: string;
  /** A token of a source, or a function that returns the current token. */
  token: string | (() => string | Promise<string>);
  /** How often a request is repeated after a network error, a 429 or a 5xx. Default: 5. */
  repeats?: number;
  /** How long one attempt may take, in seconds. Default: 35; API Gateway waits for at most 30. */
  attemptSeconds?: number;
  /** Default: the global fetch. */
  fetch?: (request: Request) => Promise<Response>;
  /** For tests: time and chance. */
  timing?: Timing;
}

export interface CallOptions {
  /** Ends the call at once. What was sent may have been accepted. */
  signal?: AbortSignal | undefined;
}

export interface IssueOptions extends CallOptions {
  /** The same each time this event is sent, such as the event's own id: never a new one for a repeat. */
  idempotencyKey: string;
}

export interface IssueOnBehalf {
  /** Requests a credential. With the key of an earlier request, gives that request's issuance. */
  issue(request: IssuanceRequest, options: IssueOptions): Promise<Issuance>;
  show(id: string, options?: CallOptions): Promise<Issuance>;
  /** All issuances of the source with a status, page by page. */
  list(status: Status, options?: CallOptions): AsyncGenerator<Issuance, void>;
  /** Queues a failed, uncertain or superseded issuance again. Never repeated automatically. */
  retry(id: string, options?: CallOptions): Promise<Issuance>;
  /** Waits until the issuance is `confirmed`, `failed` or `superseded`. Throws NotEndedError at the deadline. */
  waitForEnd(id: string, options?: WaitOptions): Promise<Issuance>;
  /** Every operation of the API, typed by its OpenAPI document, with the same repeats. */
  readonly api: Client<paths>;
}

/** A client of the API. Its methods throw ProblemError, AnswerError or NoAnswerError. */
export function issueOnBehalf(settings: ClientSettings): IssueOnBehalf {
  const timing = settings.timing ?? realTiming;
  const api = createClient<paths>({
    baseUrl: checkAddress(settings.baseUrl),
    // A token is sent to the API and to nobody else.
    redirect: 'error',
    fetch: repeatingFetch({
      fetch: settings.fetch ?? ((request) => fetch(request)),
      repeats: settings.repeats ?? 5,
      attemptMs: (settings.attemptSeconds ?? 35) * 1000,
      timing,
    }),
  });
  api.use({
    async onRequest({ request }) {
      const { token } = settings;
      request.headers.set('authorization', `Bearer ${typeof token === 'string' ? token : await token()}`);
    },
  });
  return { api, ...operationsOf(api, timing) };
}

function operationsOf(api: Client<paths>, timing: Timing): Omit<IssueOnBehalf, 'api'> {
  const show: IssueOnBehalf['show'] = (id, { signal = null } = {}) =>
    read(api.GET('/v1/issuances/{id}', { params: { path: { id } }, signal }));
  return {
    show,
    issue: (body, { idempotencyKey, signal = null }) =>
      read(api.POST('/v1/issuances', { body, params: { header: { 'Idempotency-Key': idempotencyKey } }, signal })),
    retry: (id, { signal = null } = {}) =>
      read(api.POST('/v1/issuances/{id}/retry', { params: { path: { id } }, signal })),
    waitForEnd: (id, options = {}) => waitForEnd((signal) => show(id, { signal }), options, timing),
    async *list(status, { signal = null } = {}) {
      for (let cursor: string | undefined; ; ) {
        const query = { status, ...(cursor !== undefined && { cursor }) };
        const page = await read(api.GET('/v1/issuances', { params: { query }, signal }));
        yield* page.issuances;
        if (page.next === undefined) return;
        cursor = page.next;
      }
    },
  };
}

async function read<Body>(answer: Promise<TypedAnswer<Body>>): Promise<Body> {
  return readAnswer(await answer);
}
