/**
 * The part of `fetch` that outbound calls use, over node:http and node:https. It reports whether a connection was established:
 * a request without a connection was certainly not sent. It follows no redirects and decompresses nothing.
 */
import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';

export interface FetchOptions {
  method: 'GET' | 'POST';
  headers: Readonly<Record<string, string>>;
  body?: string;
  redirect: 'manual';
  /** Ends the call, including the reading of its answer. */
  signal: AbortSignal;
}

export interface FetchedResponse {
  status: number;
  headers: { get(name: string): string | null };
  body: AsyncIterable<Uint8Array> | null;
}

/** The global `fetch` has this type, too. */
export type Fetch = (url: string, options: FetchOptions) => Promise<FetchedResponse>;

/** Code of the error of a request without a connection; its cause says why. */
export const neverConnected = 'ERR_NEVER_CONNECTED';

/** The other side, or a proxy in between, may have closed a connection that was idle for longer. */
const idleMs = 4000;

/**
 * `connectMs` covers host name, connection and, with https, the TLS handshake together. `lookup` resolves host names. Default:
 * the system does.
 */
export function connectingFetch(connectMs: number, lookup?: LookupFunction): Fetch {
  const settings = { keepAlive: true, timeout: idleMs, ...(lookup && { lookup }) };
  const plain = new HttpAgent(settings);
  const secure = new HttpsAgent(settings);
  return (url, { method, headers, body, signal }) =>
    new Promise((resolve, reject) => {
      const isSecure = url.startsWith('https:');
      const send = isSecure ? httpsRequest : httpRequest;
      const call = send(url, { agent: isSecure ? secure : plain, method, headers, signal });
      const connected = watchConnection(call, isSecure, connectMs);
      call.once('response', (answer) => resolve(responseOf(answer)));
      call.on('error', (cause) => reject(connected() ? cause : notConnected(cause)));
      call.end(body);
    });
}

/** Ends the request if it has no connection in time; returns whether it has one. */
function watchConnection(call: ClientRequest, isSecure: boolean, connectMs: number): () => boolean {
  let connected = false;
  const timer = setTimeout(() => call.destroy(new Error('No connection came about in time')), connectMs);
  const done = () => clearTimeout(timer);
  call.once('socket', (socket) => {
    const ready = () => {
      connected = true;
      done();
    };
    if (call.reusedSocket) ready();
    else socket.once(isSecure ? 'secureConnect' : 'connect', ready);
  });
  call.once('close', done);
  return () => connected;
}

function notConnected(cause: unknown): Error {
  return Object.assign(new Error('No connection', { cause }), { code: neverConnected });
}

function responseOf(answer: IncomingMessage): FetchedResponse {
  const get = (name: string) => {
    const value = answer.headers[name];
    return value === undefined ? null : String(value);
  };
  return { status: answer.statusCode ?? 0, headers: { get }, body: answer };
}
