/** Bearer tokens of the HTTP API: each belongs to a source, and only its hash is kept. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import { IssuanceError } from '../issuance/issuance-error.ts';

const sourceName = z.string().check(z.regex(/^[a-z][a-z0-9-]{0,39}$/));

/** The secret `api-tokens`. Several tokens of one source may live at once, for rotation. */
export const apiTokens = z.strictObject({
  tokens: z.array(z.strictObject({ source: sourceName, sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)) })),
});

export type ApiTokens = z.infer<typeof apiTokens>;

export interface TokenSecret {
  read(): Promise<{ text: string }>;
  /** Reads anew: a token may have been added a moment ago. */
  refresh(): Promise<{ text: string }>;
}

/** The source a request comes from. Throws `unauthorized`. */
export async function authenticate(authorization: string | undefined, secret: TokenSecret): Promise<string> {
  const token = /^Bearer ([\x21-\x7e]{16,256})$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) throw new IssuanceError('unauthorized');
  const source = ownerOf(token, (await secret.read()).text) ?? ownerOf(token, (await secret.refresh()).text);
  if (source === undefined) throw new IssuanceError('unauthorized');
  return source;
}

/** Compares with every token, in constant time. */
function ownerOf(token: string, text: string): string | undefined {
  const hash = hashOf(token);
  let owner: string | undefined;
  for (const { source, sha256 } of parseTokens(text).tokens) {
    if (timingSafeEqual(hash, Buffer.from(sha256, 'hex'))) owner = source;
  }
  return owner;
}

function parseTokens(text: string): ApiTokens {
  try {
    return apiTokens.parse(JSON.parse(text));
  } catch {
    // The cause would repeat parts of the secret.
    throw new IssuanceError('secret-unavailable', { detail: 'the API tokens are malformed' });
  }
}

/** A new token, to be shown once, and what is kept of it. */
export function newToken(source: string): { token: string; entry: ApiTokens['tokens'][number] } {
  const token = `iob_${randomBytes(32).toString('base64url')}`;
  return { token, entry: { source, sha256: hashOf(token).toString('hex') } };
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
