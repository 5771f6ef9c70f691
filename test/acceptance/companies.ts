/** Company credentials at the Credenco sandbox: events, what each wallet has, and a look at signatures from outside. */
import { createHash } from 'node:crypto';
import type { Inspection } from '@issue-on-behalf/provider-sandboxes/credenco';
import { compactVerify, importJWK, type JWK } from 'jose';
import type { Event } from './events.ts';
import type { LocalProcess } from './local-process.ts';

export const coolSoft = {
  id: '90004760',
  name: 'CoolSoft B.V.',
  issuing_authority: 'Credenco',
  issuing_country: 'NL',
};

/** One company's registration, for the wallet with this external key. */
export function registration(key: string, program: string, holder: string, claims = coolSoft): Event {
  return { key, body: { program, holder, claims, occurredAt: new Date().toISOString() } };
}

/** As many registrations, each for a wallet of its own; their claims name the run. */
export function registrations(count: number, run: string): Event[] {
  return Array.from({ length: count }, (_, index) => {
    const holder = `company-${String(index + 1).padStart(2, '0')}`;
    return registration(`${run}-${index}`, 'company-data', holder, { ...coolSoft, id: `${run}-${index}` });
  });
}

export async function inspectCredenco(system: LocalProcess): Promise<Inspection> {
  const response = await fetch(`${system.credenco}/_sandbox/inspect?recent=0`);
  return (await response.json()) as Inspection;
}

/** What wallets keep of a run: the claim `id` of each credential. */
export function keptOf({ wallets }: Inspection, run: string): string[] {
  const kept = wallets.flatMap(({ credentials }) => credentials.map(({ claims }) => String(claims['id'])));
  return kept.filter((id) => id.startsWith(`${run}-`)).sort();
}

export async function switchCredenco(system: LocalProcess, switches: unknown): Promise<void> {
  const init = { method: 'PUT', body: JSON.stringify(switches), headers: { 'content-type': 'application/json' } };
  const response = await fetch(`${system.credenco}/_sandbox/switches`, init);
  if (!response.ok) throw new Error(`The sandbox refused the switches: ${await response.text()}`);
}

/** The disclosed claims of an SD-JWT VC whose signature verifies against the DID document of its issuer; throws otherwise. */
export async function verifiedClaims(sdJwt: string, didDocument: string): Promise<Record<string, unknown>> {
  const [jwt = '', ...disclosures] = sdJwt.split('~').filter((part) => part !== '');
  const document = (await (await fetch(didDocument)).json()) as {
    id: string;
    verificationMethod: { id: string; publicKeyJwk: JWK }[];
  };
  const { payload, protectedHeader } = await compactVerify(jwt, async ({ kid }) => {
    const method = document.verificationMethod.find(({ id }) => id === kid);
    if (method === undefined) throw new Error('The DID document has no such key');
    return importJWK(method.publicKeyJwk, 'ES256');
  });
  const { iss, _sd } = JSON.parse(Buffer.from(payload).toString()) as { iss: string; _sd: string[] };
  if (iss !== document.id || protectedHeader.typ !== 'dc+sd-jwt') throw new Error('Not a credential of this issuer');
  const claims = disclosures.map((disclosure) => {
    const digest = createHash('sha256').update(disclosure).digest('base64url');
    if (!_sd.includes(digest)) throw new Error('A disclosure that the issuer has not signed');
    const [, name, value] = JSON.parse(Buffer.from(disclosure, 'base64url').toString()) as [string, string, unknown];
    return [name, value] as const;
  });
  return Object.fromEntries(claims);
}
