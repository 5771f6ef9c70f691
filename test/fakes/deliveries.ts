/** Delivers webhooks to the trigger over the ports of a test's world. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { trigger } from '../../functions/trigger/handler.ts';
import type { TriggerPorts } from '../../functions/trigger/operation.ts';
import type { ProgramCatalog } from '../../lib/issuance/program.ts';
import type { ProofSettings } from '../../lib/sources/proofs/settings/proof.ts';
import type { RuleSettings, SourceSettings, Sources } from '../../lib/sources/settings.ts';
import { checkDocumented } from './api-document.ts';
import type { FaultHook } from './faulty.ts';
import { gatewayEvent } from './gateway.ts';
import type { World } from './world.ts';

/** Takes the request as it is in the event. */
export const plainRule: RuleSettings = {
  name: 'as-it-is',
  program: "'program-a'",
  holder: 'holder',
  claims: 'claims',
  occurredAt: 'occurredAt',
};

export const plainEvent = {
  id: 'evt_1',
  holder: 'ada@example.com',
  claims: { tier: 'Gold' },
  occurredAt: '2026-11-22T08:00:00Z',
};

/** A source whose sender is told what is wrong with an event. */
export function sourceWith(proof: ProofSettings | undefined, rules: RuleSettings[] = [plainRule]): SourceSettings {
  return { proof, rules, queue: undefined, unusable: 'refuse' };
}

export interface Webhook {
  source?: string;
  headers: Record<string, string | undefined>;
  body: string | Buffer;
  base64?: boolean;
  /** The token in the path, for senders that can do nothing else. */
  token?: string | undefined;
}

export interface Answer {
  status: number;
  headers: Record<string, unknown>;
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into by member
  json: any;
  text: string;
}

/** The environment of a delivery: which sources there are, and what each signs with. */
export interface Receiver {
  sources: Sources;
  secrets: Record<string, readonly string[]>;
  /** Default: the world's own. */
  programs?: ProgramCatalog;
}

/** `hook` is called around each call of a port. */
export async function deliver(world: World, receiver: Receiver, webhook: Webhook, hook?: FaultHook): Promise<Answer> {
  const secret = async () => ({ text: JSON.stringify(receiver.secrets) });
  const noTokens = async () => ({ text: '{"tokens":[]}' });
  const ports: TriggerPorts = {
    ...world.ports(hook),
    apiDocument: () => '{}',
    apiTokens: { read: noTokens, refresh: noTokens },
    ...(receiver.programs && { programs: receiver.programs }),
    sources: receiver.sources,
    sourceSecrets: { read: secret, refresh: secret },
  };
  const event = eventOf(webhook);
  const answer = await trigger(event, ports);
  checkDocumented(event.routeKey, answer);
  const text = answer.body ?? '';
  return { status: answer.statusCode ?? 0, headers: answer.headers ?? {}, json: JSON.parse(text), text };
}

function eventOf({ source = 'shop', headers, body, base64 = false, token }: Webhook): APIGatewayProxyEventV2 {
  return gatewayEvent({
    method: 'POST',
    path: `/v1/events/${source}${token === undefined ? '' : `/${token}`}`,
    headers: { 'content-type': 'application/json', ...headers },
    body: Buffer.from(body).toString(base64 ? 'base64' : 'utf8'),
    base64,
  });
}
