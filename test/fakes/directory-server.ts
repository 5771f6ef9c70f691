/** An HTTP directory on this machine that answers as a test says, and keeps what it was asked. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Asked {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingMessage['headers'];
  body: string;
}

export interface DirectoryServer {
  origin: string;
  asked: Asked[];
  close(): Promise<void>;
}

export async function startDirectory(
  answer: (asked: Asked, response: ServerResponse) => void,
): Promise<DirectoryServer> {
  const asked: Asked[] = [];
  const receive = async (incoming: IncomingMessage, response: ServerResponse) => {
    const { method, url, headers } = incoming;
    const one = { method, url, headers, body: await text(incoming) };
    asked.push(one);
    answer(one, response);
  };
  const server = createServer((incoming, response) => void receive(incoming, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  return { origin: `http://127.0.0.1:${port}`, asked, close };
}

/** Answers with this status and JSON. */
export function json(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
}
