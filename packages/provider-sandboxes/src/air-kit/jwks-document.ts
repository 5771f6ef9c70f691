/** Fetches and reads the JWKS document that the partner publishes. */
import type { JWK } from 'jose';
import * as z from 'zod';
import { Refusal } from '../kit/refusal.ts';

const maxBytes = 65_536;
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];
const jwksSchema = z.looseObject({
  keys: z.array(z.looseObject({ kty: z.string(), kid: z.string().optional() })),
});

/** The document at the JWKS URL; throws a Refusal (401), as the provider does when it cannot fetch the keys. */
export async function fetchJwks(url: string): Promise<string> {
  let response: Response;
  try {
    response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(5000) });
    if (response.ok) {
      const text = await response.text();
      if (text.length <= maxBytes) return text;
    }
  } catch (error) {
    throw new Refusal(401, `JWKS unreachable: ${error instanceof Error ? error.message : 'fetch failed'}`);
  }
  throw new Refusal(401, response.ok ? 'JWKS too large' : `JWKS unreachable: it answered ${response.status}`);
}

/** The keys by `kid`; throws a Refusal (401) if the document is not a JWKS or contains a private key. */
export function parseJwks(text: string): Map<string, JWK> {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new Refusal(401, 'JWKS is not JSON');
  }
  const result = jwksSchema.safeParse(body);
  if (!result.success) throw new Refusal(401, 'JWKS has no usable "keys"');
  const keys = new Map<string, JWK>();
  for (const key of result.data.keys) {
    const leaked = privateMembers.find((member) => Object.hasOwn(key, member));
    if (leaked !== undefined) throw new Refusal(401, `JWKS carries private key material ("${leaked}")`);
    if (key.kid !== undefined) keys.set(key.kid, key as JWK);
  }
  return keys;
}
