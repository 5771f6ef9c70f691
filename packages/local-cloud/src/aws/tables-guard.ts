/** Checks the permission for each request to the embedded DynamoDB before dynalite sees it. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { keyIdIn } from '../iam/callers.ts';
import type { Call, Region } from '../iam/calls.ts';
import { dynamodbDenial } from '../iam/denials.ts';
import type { Gate } from '../iam/gate.ts';
import { dynamodbCalls } from '../iam/requests/dynamodb.ts';
import { asObject } from '../template/json.ts';
import { readBody } from '../triggers/request-body.ts';

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

const largestRequest = 16 * 1024 * 1024;

/** None for what dynalite itself refuses: a body that is not JSON, or no operation. */
function callsOf(place: Region, target: string, body: Buffer): Call[] {
  try {
    return dynamodbCalls(place, target.split('.')[1] ?? '', asObject(JSON.parse(body.toString())));
  } catch {
    return [];
  }
}

/** The request again, as a stream that has not been read. */
function unread({ method, url, headers }: IncomingMessage, body: Buffer): IncomingMessage {
  return Object.assign(Readable.from([body]), { method, url, headers }) as unknown as IncomingMessage;
}

/** Puts the check before the listeners of the server. */
export function guardTables(server: Server, gate: Gate, place: Region): void {
  const listeners = server.listeners('request') as Listener[];
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request, largestRequest);
    const calls = callsOf(place, String(request.headers['x-amz-target'] ?? ''), body);
    const keyId = keyIdIn(request.headers.authorization, request.url);
    const refusal = calls.length > 0 ? await gate.refusal(keyId, calls) : undefined;
    if (refusal) {
      const denial = dynamodbDenial(refusal);
      return void response.writeHead(denial.status, denial.headers).end(denial.body);
    }
    for (const listener of listeners) listener.call(server, unread(request, body), response);
  };
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    pass(request, response).catch(() => response.destroy());
  });
}
