/** Signs an event and sends it to the endpoint of its source. */
import { CannotSign } from '../../local/senders/cannot-sign.ts';
import type { Outgoing, Sent } from '../../local/senders/outgoing.ts';
import { signEvent } from '../../local/senders/sign-event.ts';
import { UsageError } from '../command-line/usage-error.ts';
import type { Endpoint } from './endpoint.ts';

/** An event; names of headers in lower case, the id for schemes that sign one. */
export type Unsigned = Pick<Outgoing, 'body' | 'headers' | 'id'>;

/** The answer of the API; `body` is undefined if it is not JSON. */
export interface Answer {
  status: number;
  body: Readonly<Record<string, unknown>> | undefined;
  location?: string;
  replayed: boolean;
}

/** Longer than the function's own time-out. */
const longestMs = 35_000;

/** Throws UsageError if the event cannot be signed or sent. */
export async function sendEvent(endpoint: Endpoint, { body, headers, id }: Unsigned): Promise<Answer> {
  const unsigned = { body, headers: { 'content-type': 'application/json', ...headers }, url: endpoint.url, id };
  const { url, ...sent } = await sign(endpoint, { ...unsigned, at: new Date() });
  const response = await request(url, {
    method: 'POST',
    headers: { ...sent.headers },
    body: new Uint8Array(sent.body),
    redirect: 'error',
    signal: AbortSignal.timeout(longestMs),
  });
  const location = response.headers.get('location');
  return {
    status: response.status,
    body: readJson(await response.text()),
    ...(location !== null && { location: new URL(location, url).href }),
    replayed: response.headers.get('idempotent-replayed') === 'true',
  };
}

/** The address may end in a token, so only its origin is named. */
async function request(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    const { name, cause } = error as Error;
    const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    const reason =
      name === 'TimeoutError' ? `has not answered in ${longestMs / 1000} seconds` : `cannot be reached${code}`;
    throw new UsageError(`${new URL(url).origin} ${reason}: is the system running?`);
  }
}

async function sign({ proof, secret }: Endpoint, event: Outgoing): Promise<Sent> {
  try {
    return await signEvent(proof, secret, event);
  } catch (error) {
    throw error instanceof CannotSign ? new UsageError(error.message) : error;
  }
}

function readJson(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
