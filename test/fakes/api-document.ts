/** The OpenAPI document as a judge of answers: status, headers and body of every answer are as the document says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

interface Reference {
  $ref?: string;
}
interface HeaderDescription extends Reference {
  required?: boolean;
  schema?: { type?: string };
}
export interface ResponseDescription {
  headers?: Record<string, HeaderDescription>;
  content?: Record<string, { examples?: Record<string, { value: unknown }> }>;
}
export interface OperationDescription {
  operationId: string;
  responses: Record<string, ResponseDescription>;
}

const file = join(import.meta.dirname, '../../functions/trigger/openapi.json');
export const apiDocument = JSON.parse(readFileSync(file, 'utf8')) as {
  paths: Record<string, Record<string, OperationDescription>>;
  components: { headers: Record<string, HeaderDescription> };
};

const base = 'https://document.test/';
const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const ajv = new Ajv2020({ strict: false, formats: { 'date-time': dateTime, 'uri-reference': /^\S+$/ } });
ajv.addSchema({ $id: base, ...closed(apiDocument) });
const validators = new Map<string, ValidateFunction>();

/** The same document in which no object has members beyond those it names: answers may grow, but not unnoticed. */
function closed(document: object): object {
  const text = JSON.stringify(document);
  return JSON.parse(text, (key, value) => {
    if (key === 'items') return alone(value);
    if (key !== 'properties') return value;
    return Object.fromEntries(Object.entries<object>(value).map(([name, schema]) => [name, alone(schema)]));
  });
}

function alone(schema: object): object {
  return { ...schema, unevaluatedProperties: false };
}

function validate(pointer: string[], value: unknown): string | undefined {
  const path = pointer.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1')).map(encodeURIComponent);
  const $ref = `${base}#/${path.join('/')}`;
  const validator = validators.get($ref) ?? ajv.compile(alone({ $ref }));
  validators.set($ref, validator);
  return validator(value) ? undefined : `${pointer.join(' ')}: ${ajv.errorsText(validator.errors)}`;
}

/** Throws if the document does not describe this answer of the trigger to a request with this route. */
export function checkDocumented(routeKey: string, answer: APIGatewayProxyStructuredResultV2): void {
  const [method = '', path = ''] = routeKey.split(' ');
  if (path === '') return; // the default route: no operation
  const pointer = ['paths', path, method.toLowerCase(), 'responses', String(answer.statusCode)];
  const response = apiDocument.paths[path]?.[method.toLowerCase()]?.responses[String(answer.statusCode)];
  if (response === undefined) throw new Error(`${routeKey} answers ${answer.statusCode}, which is not in the document`);
  const problems = [...headerProblems(response, answer), bodyProblem(pointer, response, answer)];
  const found = problems.filter((problem) => problem !== undefined);
  if (found.length > 0) throw new Error(`${routeKey} does not answer as the document says: ${found.join('; ')}`);
}

function headerProblems(response: ResponseDescription, { headers = {} }: APIGatewayProxyStructuredResultV2) {
  const { 'content-type': _type, ...given } = headers;
  const known = response.headers ?? {};
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(known, name));
  const missing = Object.entries(known).filter(([name, { $ref }]) => {
    const always = name === 'x-request-id' || (componentOf($ref)?.required ?? false);
    return always && given[name] === undefined;
  });
  const wrong = Object.entries(known).map(([name, { $ref = '' }]) => {
    const pointer = [...$ref.split('/').slice(1), 'schema'];
    const value = componentOf($ref)?.schema?.type === 'integer' ? Number(given[name]) : given[name];
    return given[name] === undefined ? undefined : validate(pointer, value);
  });
  return [
    ...unknown.map((name) => `the header ${name} is not described`),
    ...missing.map(([name]) => `the header ${name} is missing`),
    ...wrong,
  ];
}

function componentOf($ref = ''): HeaderDescription | undefined {
  return apiDocument.components.headers[$ref.split('/').at(-1) ?? ''];
}

function bodyProblem(pointer: string[], { content }: ResponseDescription, answer: APIGatewayProxyStructuredResultV2) {
  if (content === undefined) return answer.body === undefined ? undefined : 'there is a body';
  const type = String(answer.headers?.['content-type']);
  if (content[type] === undefined) return `the content type ${type} is not described`;
  const body = answer.body ?? '';
  return validate([...pointer, 'content', type, 'schema'], type === 'text/plain' ? body : JSON.parse(body));
}
