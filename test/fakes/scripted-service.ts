/** A service of AWS on this machine that answers what it was told to, one answer per call. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** `drop` closes the connection, `hang` never answers; anything else is the JSON of an answer. */
export type ServiceAnswer = 'drop' | 'hang' | { status?: number; body: Record<string, unknown> };

export interface ScriptedService {
  /** What a client is told to reach it, beside the settings it has in a function. */
  client: { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } };
  /** Bodies of the calls so far. */
  calls: Record<string, unknown>[];
  /** What the next calls get; afterwards each gets an empty answer. */
  next(...answers: ServiceAnswer[]): void;
  close(): Promise<void>;
}

/** An error of this name, as the JSON protocols write it. */
export function serviceError(name: string, status = 400): ServiceAnswer {
  return { status, body: { __type: `com.amazonaws#${name}`, message: name } };
}

export async function startScriptedService(): Promise<ScriptedService> {
  const answers: ServiceAnswer[] = [];
  const calls: Record<string, unknown>[] = [];
  const answerTo = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    calls.push((await json(request)) as Record<string, unknown>);
    const answer = answers.shift() ?? { body: {} };
    if (answer === 'hang') return;
    if (answer === 'drop') {
      request.socket.destroy();
      return;
    }
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify(answer.body));
  };
  const server = createServer((request, response) => void answerTo(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    client: { endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } },
    calls,
    next: (...more) => void answers.push(...more),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
