/** Access to the backend API: with the API key, or with an access token from client credentials. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { SandboxRequest } from '../../kit/operation.ts';
import { Refusal } from '../../kit/refusal.ts';
import type { BackendSecrets } from '../settings.ts';
import type { CredencoSwitches } from '../switches.ts';

/** Checks callers and issues tokens; `now` in ms since the epoch. Tokens do not survive a restart. */
export interface BackendAccess {
  /** Throws a Refusal (401), and records how the caller authenticated. */
  check(request: SandboxRequest, switches: CredencoSwitches, now: number): void;
  isClient(clientId: string, clientSecret: string): boolean;
  newToken(lifetimeSeconds: number, now: number): string;
  revokeTokens(): void;
}

function digest(value: string): Buffer {
  return createHash('sha256').update(value).digest();
}

function same(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

/** Creates the check for these secrets. */
export function createBackendAccess(secrets: BackendSecrets): BackendAccess {
  const expiries = new Map<string, number>();
  const hasApiKey = ({ headers }: SandboxRequest) => {
    const given = headers['x-api-key'];
    if (given === undefined) return false;
    if (typeof given === 'string' && same(given, secrets.apiKey)) return true;
    throw new Refusal(401, 'the API key is wrong');
  };
  const hasToken = ({ headers }: SandboxRequest, now: number) => {
    const [, token] = /^Bearer ([\w-]+)$/i.exec(headers.authorization ?? '') ?? [];
    if (token === undefined) return false;
    if ((expiries.get(token) ?? 0) > now) return true;
    throw new Refusal(401, 'the access token is unknown or has expired');
  };
  return {
    check: (request, { authentication }, now) => {
      const byKey = authentication !== 'oauth2' && hasApiKey(request);
      if (!byKey && (authentication === 'api-key' || !hasToken(request, now))) {
        throw new Refusal(401, 'x-api-key or an access token is needed');
      }
      request.note({ authenticatedBy: byKey ? 'api-key' : 'oauth2' });
    },
    isClient: (clientId, clientSecret) => {
      const rightId = same(clientId, secrets.clientId);
      return same(clientSecret, secrets.clientSecret) && rightId;
    },
    newToken: (lifetimeSeconds, now) => {
      const token = randomBytes(32).toString('base64url');
      expiries.set(token, now + lifetimeSeconds * 1000);
      return token;
    },
    revokeTokens: () => expiries.clear(),
  };
}
