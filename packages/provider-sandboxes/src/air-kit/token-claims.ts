/** The rules for the claims of a Partner JWT whose signature has been verified. */

import { Refusal } from '../kit/refusal.ts';
import { isAddress } from './holder-address.ts';
import type { AirKitSwitches } from './switches.ts';

/** The expected values; `now` in ms since the epoch. */
export interface ClaimRules {
  readonly partnerId: string;
  readonly scopeStrictness: AirKitSwitches['scopeStrictness'];
  readonly now: number;
}

const toleranceSeconds = 30;
const maxLifetimeSeconds = 15 * 60;

function refuse(message: string): never {
  throw new Refusal(401, message);
}

function seconds(claims: Record<string, unknown>, name: string): number {
  const value = claims[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : refuse(`${name} is missing or not a number`);
}

function checkTimes(claims: Record<string, unknown>, now: number): void {
  const exp = seconds(claims, 'exp');
  const iat = seconds(claims, 'iat');
  if (exp <= iat) refuse('exp is not after iat');
  if (exp - iat > maxLifetimeSeconds) refuse('exp is more than 15 minutes after iat');
  if (exp + toleranceSeconds <= now) refuse('exp is in the past: the JWT has expired');
  if (iat - toleranceSeconds > now) refuse('iat is in the future');
  if (claims['nbf'] !== undefined && seconds(claims, 'nbf') - toleranceSeconds > now) refuse('nbf is in the future');
}

function checkScope(scope: unknown, strictness: ClaimRules['scopeStrictness']): void {
  const accepted = strictness === 'either' ? ['issue', 'issue on-behalf'] : [strictness];
  if (typeof scope !== 'string' || !accepted.includes(scope)) {
    refuse(`scope must be ${accepted.map((value) => `"${value}"`).join(' or ')}`);
  }
}

/** The holder's e-mail address; throws a Refusal (401) that names the wrong claim. */
export function checkClaims(payload: unknown, rules: ClaimRules): string {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) refuse('the payload is not an object');
  const claims = payload as Record<string, unknown>;
  checkTimes(claims, rules.now / 1000);
  if (claims['partnerId'] !== rules.partnerId) refuse('partnerId is not the registered partner');
  checkScope(claims['scope'], rules.scopeStrictness);
  const { email } = claims;
  return isAddress(email) ? email : refuse('email is missing or no e-mail address');
}
