/** The HTTP server of a provider sandbox: routes calls, applies faults and keeps the call log. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Call, CallLog } from './call-log.ts';
import { type ControlParts, controlOperations } from './control-operations.ts';
import type { ErrorReply, Operation, SandboxRequest } from './operation.ts';
import { readBody } from './read-body.ts';
import { Refusal } from './refusal.ts';
import { findRoute } from './route.ts';
import { type CallContext, runCall } from './run-call.ts';

/** The provider-specific parts of a sandbox. `maxBodyBytes` defaults to 100 KiB; port 0 selects any free port. */
export interface SandboxServerOptions<Own extends object> extends ControlParts<Own> {
  readonly host: string;
  readonly port: number;
  readonly operations: readonly Operation[];
  readonly errorReply: ErrorReply;
  readonly calls: CallLog;
  readonly maxBodyBytes?: number;
}

/** A running sandbox; `close` closes every connection, including hanging connections. */
export interface SandboxServer {
  readonly origin: string;
  readonly port: number;
  close(): Promise<void>;
}

const unrouted: Operation = {
  name: 'unrouted',
  method: '*',
  path: '*',
  handle: ({ method, path }) => {
    throw new Refusal(404, `Cannot ${method} ${path}`);
  },
};

interface Serving<Own extends object> extends CallContext {
  readonly options: SandboxServerOptions<Own>;
  readonly controls: readonly Operation[];
}

async function serve<Own extends object>(
  serving: Serving<Own>,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { options, controls } = serving;
  const method = incoming.method ?? 'GET';
  const url = new URL(`http://sandbox${incoming.url ?? '/'}`);
  const path = url.pathname;
  const isControl = path.startsWith('/_sandbox/');
  const match = findRoute(isControl ? controls : options.operations, method, path);
  const operation = match?.operation ?? unrouted;
  const { body, oversized } = await readBody(incoming, options.maxBodyBytes ?? 102_400);
  const notes: Record<string, unknown> = {};
  const request: SandboxRequest = {
    method,
    path,
    params: match?.params ?? {},
    query: url.searchParams,
    headers: incoming.headers,
    body,
    oversized,
    note: (details) => void Object.assign(notes, details),
  };
  const faults = isControl ? [] : options.switchboard.strike(operation.name);
  const context = isControl ? { ...serving, record: () => {} } : serving;
  await runCall(operation, request, response, faults, notes, context);
}

async function listen(server: Server, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

function closeServer(server: Server, closing: AbortController): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    closing.abort();
    server.closeAllConnections();
  });
}

/** Starts the server; rejects if the port is in use. */
export async function startSandboxServer<Own extends object>(
  options: SandboxServerOptions<Own>,
): Promise<SandboxServer> {
  const closing = new AbortController();
  const serving = {
    options,
    controls: controlOperations(options),
    errorReply: options.errorReply,
    record: (call: Call) => options.calls.record(call),
    closing: closing.signal,
  };
  const server = createServer((incoming, response) => {
    // The connection was closed, or the sandbox is closing: there is no client to answer.
    serve(serving, incoming, response).catch(() => response.destroy());
  });
  // Longer than any client keeps idle connections; otherwise the server could close a connection while a client reuses it.
  server.keepAliveTimeout = 120_000;
  const port = await listen(server, options.port, options.host);
  const name = options.host.includes(':') ? `[${options.host}]` : options.host;
  return { origin: `http://${name}:${port}`, port, close: () => closeServer(server, closing) };
}
