/** One HTTP server for the AWS services that have no emulator: Secrets Manager, Step Functions, EventBridge, Lambda, CloudFront. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { keyIdIn } from '../iam/callers.ts';
import type { Call, Region } from '../iam/calls.ts';
import { cloudfrontDenial, type Denial, jsonDenial } from '../iam/denials.ts';
import type { Refusal } from '../iam/refusal.ts';
import { invalidateCall, invokeCall, type SecretArn, targetCalls } from '../iam/requests/services.ts';
import { asObject } from '../template/json.ts';
import { readBody } from '../triggers/request-body.ts';
import type { Operation } from './secrets-api.ts';
import { ServiceError } from './service-error.ts';

/** The services behind the server; operations by the prefix of `X-Amz-Target`. */
export interface Services {
  operations: Record<string, Record<string, Operation>>;
  invoke: (functionName: string, event: unknown) => Promise<unknown>;
  distributionId: string | undefined;
  place: Region;
  secretArn: SecretArn;
  /** The refusal of the first call that is not allowed to the owner of the access key. */
  refusal: (keyId: string | undefined, calls: Call[]) => Promise<Refusal | undefined>;
}

const largestRequest = 10 * 1024 * 1024;

type Check = (calls: Call[], denial: (refusal: Refusal) => Denial) => Promise<boolean>;

async function callOperation(
  services: Services,
  target: string,
  body: string,
  check: Check,
  response: ServerResponse,
): Promise<void> {
  const [prefix = '', name = ''] = target.split('.');
  const operation = services.operations[prefix]?.[name];
  if (!operation) throw new ServiceError('UnknownOperationException', `${target} does not run locally`);
  const input = asObject(JSON.parse(body || '{}'));
  const calls = targetCalls(services.place, target, input, services.secretArn);
  if (!(await check(calls, (refusal) => jsonDenial(refusal, 400)))) return;
  const text = JSON.stringify(await operation(input));
  response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID() }).end(text);
}

async function invokeFunction(services: Services, name: string, body: string, response: ServerResponse): Promise<void> {
  try {
    const result = await services.invoke(name, JSON.parse(body || '{}'));
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result ?? null));
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    const failure = error instanceof Error ? error : new Error(String(error));
    const headers = { 'content-type': 'application/json', 'x-amz-function-error': 'Unhandled' };
    response.writeHead(200, headers).end(failure.message);
  }
}

function invalidate(services: Services, distribution: string, response: ServerResponse): void {
  if (distribution !== services.distributionId) {
    const error = '<Error><Code>NoSuchDistribution</Code><Message>The distribution does not exist.</Message></Error>';
    response.writeHead(404, { 'content-type': 'text/xml' }).end(`<ErrorResponse>${error}</ErrorResponse>`);
    return;
  }
  const id = randomUUID();
  const now = new Date().toISOString();
  const batch = '<InvalidationBatch><Paths><Quantity>0</Quantity></Paths><CallerReference/></InvalidationBatch>';
  const body = `<Invalidation><Id>${id}</Id><Status>Completed</Status><CreateTime>${now}</CreateTime>${batch}</Invalidation>`;
  response.writeHead(201, { 'content-type': 'text/xml', location: `/${id}` }).end(body);
}

/** Answers a call that is not allowed in the service's own form. */
function checkFor({ refusal }: Services, request: IncomingMessage, response: ServerResponse): Check {
  const keyId = keyIdIn(request.headers.authorization, request.url);
  return async (calls, denialOf) => {
    const refused = await refusal(keyId, calls);
    if (!refused) return true;
    const { status, headers, body } = denialOf(refused);
    response.writeHead(status, headers).end(body);
    return false;
  };
}

async function answer(services: Services, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = (await readBody(request, largestRequest)).toString();
  const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
  const target = request.headers['x-amz-target'];
  const check = checkFor(services, request, response);
  const [, invoked] = /^\/2015-03-31\/functions\/(.+)\/invocations$/.exec(path) ?? [];
  const [, invalidated] = /^\/2020-05-31\/distribution\/([^/]+)\/invalidation$/.exec(path) ?? [];
  if (typeof target === 'string') await callOperation(services, target, body, check, response);
  else if (invoked) {
    const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
    if (type !== 'RequestResponse')
      throw new ServiceError('InvalidParameterValueException', `${String(type)} does not run locally`);
    const allowed = await check([invokeCall(services.place, invoked)], (refusal) => jsonDenial(refusal, 403));
    if (allowed) await invokeFunction(services, invoked, body, response);
  } else if (invalidated && request.method === 'POST') {
    const allowed = await check([invalidateCall(services.place, invalidated)], cloudfrontDenial);
    if (allowed) invalidate(services, invalidated, response);
  } else throw new ServiceError('UnknownOperationException', `${request.method} ${path} does not run locally`, 404);
}

function fail(error: unknown, response: ServerResponse, onError: (error: unknown) => void): void {
  const known = error instanceof ServiceError;
  if (!known) onError(error);
  const status = known ? error.status : 500;
  const name = known ? error.name : 'InternalServiceError';
  const message = known ? error.message : 'internal error of the local run';
  if (response.headersSent) return void response.destroy();
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': name };
  response.writeHead(status, headers).end(JSON.stringify({ __type: name, message, Message: message }));
}

/** Creates the server; `onError` is called for failures that are not answers of a service. */
export function servicesServer(services: () => Services, onError: (error: unknown) => void): Server {
  const server = createServer((request, response) => {
    answer(services(), request, response).catch((error: unknown) => fail(error, response, onError));
  });
  server.keepAliveTimeout = 120_000;
  return server;
}
