/** Outbound HTTP with limits: one deadline for the whole call, a maximum body size, no redirects. */
import { type Fetch, type FetchedResponse, neverConnected } from './connecting-fetch.ts';

export interface OutboundRequest {
  method: 'GET' | 'POST';
  url: string;
  headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as application/x-www-form-urlencoded. */
  form?: Readonly<Record<string, string>>;
}

export interface OutboundLimits {
  fetch: Fetch;
  /** For connecting, sending and reading the whole answer. */
  deadlineMs: number;
}

export interface OutboundAnswer {
  status: number;
  headers: FetchedResponse['headers'];
  /** The body, if it is JSON with a JSON content type and small enough; undefined otherwise. */
  json: unknown;
}

/** There was no answer. `sent` says whether the other side may have received the request. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly sent: 'no' | 'maybe';

  constructor(sent: 'no' | 'maybe', cause: unknown) {
    super(sent === 'no' ? 'The request could not be sent' : 'No complete answer came', { cause });
    this.sent = sent;
  }
}

/** Maximum body size; answers of the providers have a few hundred bytes. */
const mostBytes = 64 * 1024;

export const userAgent = 'issue-on-behalf/0.1';

/** Makes a request. Throws NoAnswer; any status, redirects included, is an answer. */
export async function request(wanted: OutboundRequest, limits: OutboundLimits): Promise<OutboundAnswer> {
  const signal = AbortSignal.timeout(limits.deadlineMs);
  const headers = {
    accept: 'application/json',
    'accept-encoding': 'identity',
    'user-agent': userAgent,
    ...wanted.headers,
    ...contentTypeOf(wanted),
  };
  let response: FetchedResponse;
  try {
    response = await limits.fetch(wanted.url, {
      method: wanted.method,
      headers,
      redirect: 'manual',
      signal,
      ...bodyOf(wanted),
    });
  } catch (cause) {
    throw new NoAnswer(wasNeverSent(cause) ? 'no' : 'maybe', cause);
  }
  try {
    return { status: response.status, headers: response.headers, json: await readJson(response) };
  } catch (cause) {
    throw new NoAnswer('maybe', cause);
  }
}

function contentTypeOf({ json, form }: OutboundRequest): { 'content-type'?: string } {
  if (form !== undefined) return { 'content-type': 'application/x-www-form-urlencoded' };
  return json === undefined ? {} : { 'content-type': 'application/json' };
}

function bodyOf({ json, form }: OutboundRequest): { body?: string } {
  if (form !== undefined) return { body: String(new URLSearchParams(form)) };
  return json === undefined ? {} : { body: JSON.stringify(json) };
}

async function readJson(response: FetchedResponse): Promise<unknown> {
  const text = await readText(response);
  if (text === undefined || !/^application\/([a-z.+-]+\+)?json\b/i.test(response.headers.get('content-type') ?? '')) {
    return undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Undefined if it is larger than the maximum. */
async function readText(response: FetchedResponse): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Failures before the first byte of the request is sent: host names, connections, certificates. */
const neverSent =
  /^(ENOTFOUND|EAI_|ECONNREFUSED|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|UNSUPPORTED_PROTOCOL|.*(HANDSHAKE_FAILURE|PROTOCOL_VERSION|UNKNOWN_CA|CERTIFICATE))|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS_|ERR_INVALID_URL)/;
/** Failures that can also end an established connection. */
const neverSentOnConnect = /^(EHOSTUNREACH|ENETUNREACH)/;

function wasNeverSent(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
    if (code === neverConnected || neverSent.test(code)) return true;
    if (neverSentOnConnect.test(code) && 'syscall' in cause && cause.syscall === 'connect') return true;
    if (cause instanceof AggregateError && cause.errors.length > 0 && cause.errors.every(wasNeverSent)) return true;
  }
  return false;
}
