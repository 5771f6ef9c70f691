/** Those who call the HTTP API: senders that repeat until they hear 2xx or 4xx, and operators who retry what was parked. */
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { trigger } from '../../functions/trigger/handler.ts';
import { accept } from '../../lib/accept/accept.ts';
import { isKind } from '../../lib/issuance/issuance-error.ts';
import { gatewayEvent } from '../fakes/gateway.ts';
import { tokenOf } from './api-tokens.ts';
import { portsOf } from './process-ports.ts';
import { triggerMs } from './settings.ts';
import { VirtualProcess } from './virtual-process.ts';
import type { Sending } from './workload.ts';
import type { World } from './world.ts';

const mostTries = 8;

/** Sends an event over HTTP, again and again until it is answered. */
export function sendOverHttp({ event, body }: Sending, world: World, done: () => void, tries = 1): void {
  const { timeline, random, weather } = world;
  const headers = { 'content-type': 'application/json', 'idempotency-key': event.key };
  request(world, 'trigger', event.source, '/v1/issuances', headers, JSON.stringify(body), (answer) => {
    if (answer?.statusCode === 202) world.rules.accepted(idIn(answer));
    const heard = answer !== undefined && !weather.strikes('http-answer-lost', timeline.now);
    if (heard && (answer.statusCode ?? 500) < 500) return done();
    if (tries >= mostTries || random.chance(0.05)) return done();
    timeline.after(random.between(200, 20_000), () => sendOverHttp({ event, atMs: 0, body }, world, done, tries + 1));
  });
}

/** Sends an event that names the directory's key in place of the holder, as a rule of a source would make it. */
export function sendWithKey(sending: Sending & { lookup: string }, world: World, done: () => void, tries = 1): void {
  const { timeline, random, weather } = world;
  const { event, lookup, body } = sending;
  const { program, claims, occurredAt } = body;
  const process = new VirtualProcess('trigger', world);
  const request = { source: event.source, idempotencyKey: event.key, program, lookup, claims, occurredAt };
  const work = () => accept(request, portsOf(process, world));
  process.start(work, triggerMs, (ending) => {
    if (ending.how === 'returned') world.rules.accepted(ending.result.issuance.id);
    const isRefused =
      ending.how === 'threw' && isKind(ending.error, 'invalid') && ending.error.code !== 'service-unavailable';
    const heard = (ending.how === 'returned' || isRefused) && !weather.strikes('http-answer-lost', timeline.now);
    if (heard || tries >= mostTries || random.chance(0.05)) return done();
    timeline.after(random.between(200, 20_000), () => sendWithKey(sending, world, done, tries + 1));
  });
}

/** An operator retries one issuance that failed, is uncertain or was superseded, if there is one. */
export function operate(world: World): void {
  const parked = [...world.chronicle.followed.values()].filter(({ record }) =>
    ['failed', 'uncertain', 'superseded'].includes(record.status),
  );
  if (parked.length === 0) return;
  const { id, source } = world.random.pick(parked).record;
  request(world, 'operator', source, `/v1/issuances/${id}/retry`, {}, '', () => undefined);
}

function request(
  world: World,
  kind: 'trigger' | 'operator',
  source: string,
  path: string,
  headers: Record<string, string>,
  body: string,
  answered: (answer: APIGatewayProxyStructuredResultV2 | undefined) => void,
): void {
  const process = new VirtualProcess(kind, world);
  const authorization = `Bearer ${tokenOf(source)}`;
  const event = gatewayEvent({ method: 'POST', path, headers: { ...headers, authorization }, body });
  const work = () => trigger(event, portsOf(process, world));
  process.start(work, triggerMs, (ending) => {
    if (ending.how !== 'returned') return answered(undefined);
    const { statusCode, body: text = '' } = ending.result;
    world.chronicle.left('an answer', text);
    world.chronicle.tell(process.name, () => `answers ${statusCode}`);
    answered(ending.result);
  });
}

function idIn(answer: APIGatewayProxyStructuredResultV2): string {
  return (JSON.parse(answer.body ?? '{}') as { id?: string }).id ?? '';
}
