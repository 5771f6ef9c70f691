/** The actions of requests to Secrets Manager, Step Functions, EventBridge, Lambda and CloudFront. */
import { functionName } from '../../template/function-name.ts';
import { asArray, asObject, asText, type JsonObject } from '../../template/json.ts';
import { arnIn, type Call, type Region } from '../calls.ts';

/** The ARN of a secret by its name or ARN; undefined for a secret that does not exist. */
export type SecretArn = (id: string) => string | undefined;

function secretCalls(place: Region, operation: string, input: JsonObject, secretArn: SecretArn): Call[] {
  const id = asText(input['SecretId']);
  const unknown = (name: string): string =>
    arnIn(place, 'secretsmanager', name.startsWith('arn:') ? name : `secret:${name}-000000`);
  const resource = id === undefined ? '*' : (secretArn(id) ?? unknown(id));
  return [{ action: `secretsmanager:${operation}`, resource }];
}

function stepsCalls(operation: string, input: JsonObject): Call[] {
  const resource = asText(input['executionArn']) ?? asText(input['stateMachineArn']) ?? '*';
  return [{ action: `states:${operation}`, resource }];
}

function busCalls(place: Region, operation: string, input: JsonObject): Call[] {
  const buses = asArray(input['Entries']).map((one) => asText(asObject(one)['EventBusName']) ?? 'default');
  return [...new Set(buses)].map((bus) => ({
    action: `events:${operation}`,
    resource: arnIn(place, 'events', bus.startsWith('arn:') ? bus : `event-bus/${bus}`),
  }));
}

/** The actions of a request with `X-Amz-Target`; none for a service that does not run here. */
export function targetCalls(place: Region, target: string, input: JsonObject, secretArn: SecretArn): Call[] {
  const [service = '', operation = ''] = target.split('.');
  if (service === 'secretsmanager') return secretCalls(place, operation, input, secretArn);
  if (service === 'AWSStepFunctions') return stepsCalls(operation, input);
  return service === 'AWSEvents' ? busCalls(place, operation, input) : [];
}

/** The invocation of a function by its name or ARN. */
export function invokeCall(place: Region, reference: string): Call {
  const resource = arnIn(place, 'lambda', `function:${functionName(reference)}`);
  return { action: 'lambda:InvokeFunction', resource };
}

/** The invalidation of a distribution's cache. */
export function invalidateCall({ account }: Region, distribution: string): Call {
  return {
    action: 'cloudfront:CreateInvalidation',
    resource: `arn:aws:cloudfront::${account}:distribution/${distribution}`,
  };
}
