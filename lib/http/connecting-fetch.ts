/**
 * As much of `fetch` as outbound calls use, over node:http and node:https: it knows whether a connection came about. A
 * request that never had one was certainly not sent, whatever went wrong. No redirect is followed, nothing is decompressed.
 */
import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

export interface FetchOptions {
  method: 'GET' | 'POST';
  headers: Readonly<Record<string, string>>;
  body?: string;
  redirect: 'manual';
  /** Ends the call, the reading of its answer included. */
  signal: AbortSignal;
}

export interface FetchedResponse {
  status: number;
  headers: { get(name: string): string | null };
  body: AsyncIterable<Uint8Array> | null;
}

/** The global `fetch` is one, too. */
export type Fetch = (url: string, options: FetchOptions) => Promise<FetchedResponse>;

/** Code of the error of a request that never had a connection; its cause says why. */
export const neverConnected = 'ERR_NEVER_CONNECTED';

/** A connection that has lain idle for longer may have been closed by the other side or a box between. */
const idleMs = 4000;

/** `connectMs` is for the name, the connection and, under https, the TLS handshake together. */
export function connectingFetch(connectMs: number): Fetch {
  const settings = { keepAlive: true, timeout: idleMs };
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

/** Ends the request unless it has a connection in time; gives whether it has one. */
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
