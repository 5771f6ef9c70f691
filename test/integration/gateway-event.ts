/** Requests to the trigger, and what it answers. */
import { trigger } from '../../functions/trigger/handler.ts';
import { newToken, scopes } from '../../lib/sources/api-tokens.ts';
import { checkDocumented } from '../fakes/api-document.ts';
import { gatewayEvent } from '../fakes/gateway.ts';
import type { World } from '../fakes/world.ts';

export const shop = newToken('shop', scopes);
export const bank = newToken('bank', scopes);

/** What a test says of a request; the rest is a good request of the shop. */
export interface GatewayRequest {
  method?: string;
  path?: string;
  query?: Record<string, string>;
  headers?: Record<string, string | undefined>;
  body?: string;
  base64?: boolean;
  /** Of a custom domain. */
  mappingKey?: string | undefined;
}

export interface GatewayAnswer {
  status: number;
  headers: Record<string, unknown>;
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into by member
  json: any;
  text: string;
}

/** Asks the trigger over this world's ports. */
export async function ask(world: World, request: GatewayRequest, ports: object = {}): Promise<GatewayAnswer> {
  const secret = async () => ({ text: JSON.stringify({ tokens: [shop.entry, bank.entry] }) });
  const apiTokens = { read: secret, refresh: secret };
  const event = eventOf(request);
  const answer = await trigger(event, {
    ...world.ports(),
    apiTokens,
    apiDocument: () => '{"openapi":"3.1.1"}',
    sources: {},
    sourceSecrets: apiTokens,
    ...ports,
  });
  checkDocumented(event.routeKey, answer);
  const text = answer.body ?? '';
  const json = text === '' || answer.headers?.['content-type'] === 'text/plain' ? undefined : JSON.parse(text);
  return { status: answer.statusCode ?? 0, headers: answer.headers ?? {}, json, text };
}

function eventOf({ method = 'POST', path = '/v1/issuances', headers, ...rest }: GatewayRequest) {
  const given = {
    authorization: `Bearer ${shop.token}`,
    'content-type': 'application/json',
    'idempotency-key': 'event-1',
    ...headers,
  };
  return gatewayEvent({ method, path, headers: given, ...rest });
}
