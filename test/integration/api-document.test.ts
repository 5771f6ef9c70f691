/** The OpenAPI document promises what the API answers: each answer it describes is given, and every answer is described. */
import { describe, expect, test } from 'vitest';
import { apiDocument, type OperationDescription } from '../fakes/api-document.ts';
import { World } from '../fakes/world.ts';
import { cases } from '../fixtures/api-cases.ts';
import { ask } from './gateway-event.ts';

const repeatable = ['issue', 'receive', 'receiveByToken'];
const problemType = 'application/problem+json';
const operations = Object.values(apiDocument.paths).flatMap((methods) => Object.values(methods));
const described = operations.filter(({ operationId }) => !operationId.startsWith('head'));

/** The answers that the document describes: codes of refusals, statuses of the rest; without those of the gateway. */
function promisesOf({ responses }: OperationDescription): string[] {
  return Object.entries(responses).flatMap(([status, { content }]) => {
    if (Number(status) < 400) return [status];
    return Object.keys(content?.[problemType]?.examples ?? {});
  });
}

/** The code or the status of the answer. `ask` fails for an answer that the document does not describe. */
async function answerTo(operationId: string, name: string, repeat?: string): Promise<string> {
  const { given, ports, ...request } = cases[operationId]?.[name] ?? {};
  const world = new World();
  given?.(world);
  if (repeat !== undefined) await ask(world, { ...request, body: repeat }, ports);
  const { status, json } = await ask(world, request, ports);
  return status >= 400 ? json.code : String(status);
}

describe.each(described)('$operationId', (operation) => {
  const { operationId } = operation;
  const named = Object.keys(cases[operationId] ?? {});

  test.each(named)('answers %s as the document says', async (name) => {
    expect(await answerTo(operationId, name)).toBe(name.split(' ')[0]);
  });

  test('the document promises these answers and no other', () => {
    const given = named.map((name) => name.split(' ')[0]);
    const twice = repeatable.includes(operationId) ? ['idempotency-key-reused'] : [];
    expect([...new Set([...given, ...twice])].toSorted()).toEqual(promisesOf(operation).toSorted());
  });
});

test.each(repeatable)('%s answers idempotency-key-reused as the document says', async (operationId) => {
  const first = JSON.stringify({ ...JSON.parse(cases[operationId]?.['202']?.body ?? ''), claims: {} });
  expect(await answerTo(operationId, '202', first)).toBe('idempotency-key-reused');
});

test('every GET is described as HEAD too, with the same statuses and no bodies', () => {
  const gets = Object.values(apiDocument.paths).filter(({ get }) => get !== undefined);
  expect(gets.length).toBeGreaterThan(3);
  for (const { get, head } of gets) {
    expect(Object.keys(head?.responses ?? {})).toEqual(Object.keys(get?.responses ?? {}));
    expect(Object.values(head?.responses ?? {}).filter(({ content }) => content !== undefined)).toEqual([]);
  }
});

test('operation ids are unique, and no schema of an answer forbids further members', () => {
  const ids = operations.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
  const { schemas } = (apiDocument as unknown as { components: { schemas: Record<string, unknown> } }).components;
  const { IssuanceRequest: request, ...answers } = schemas;
  expect(JSON.stringify(request)).toContain('"additionalProperties":false');
  expect(JSON.stringify([answers, apiDocument.paths])).not.toContain('"additionalProperties":false');
});
