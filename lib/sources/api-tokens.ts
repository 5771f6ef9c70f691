/** Bearer tokens of the HTTP API: each belongs to a source, and only its hash is kept. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import { IssuanceError } from '../issuance/issuance-error.ts';

const sourceName = z.string().check(z.regex(/^[a-z][a-z0-9-]{0,39}$/));

/** What a token allows: requesting issuances, showing and listing them, retrying them. */
export const scopes = ['issue', 'read', 'operate'] as const;
export type Scope = (typeof scopes)[number];

/** The secret `api-tokens`. A source may have several valid tokens at once, for rotation. */
export const apiTokens = z.strictObject({
  tokens: z.array(
    z.strictObject({
      source: sourceName,
      sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
      scopes: z.array(z.enum(scopes)),
    }),
  ),
});

export type ApiTokens = z.infer<typeof apiTokens>;
type TokenEntry = ApiTokens['tokens'][number];

export interface TokenSecret {
  read(): Promise<{ text: string }>;
  /** Reads the secret again: a token may have just been added. */
  refresh(): Promise<{ text: string }>;
}

/** The token is known, but does not have the scope. */
export class ScopeMissing extends IssuanceError {
  readonly scope: Scope;

  constructor(scope: Scope) {
    super('scope-missing', { detail: `it needs the scope ${scope}` });
    this.scope = scope;
  }
}

/** The source a request comes from. Throws `unauthorized`, or `scope-missing` if its token does not have the scope. */
export async function authenticate(
  authorization: string | undefined,
  scope: Scope,
  secret: TokenSecret,
): Promise<string> {
  const token = /^Bearer ([\x21-\x7e]{16,256})$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) throw new IssuanceError('unauthorized');
  const entry = entryOf(token, (await secret.read()).text) ?? entryOf(token, (await secret.refresh()).text);
  if (entry === undefined) throw new IssuanceError('unauthorized');
  if (!entry.scopes.includes(scope)) throw new ScopeMissing(scope);
  return entry.source;
}

/** Compares with every token, in constant time. */
function entryOf(token: string, text: string): TokenEntry | undefined {
  const hash = hashOf(token);
  let found: TokenEntry | undefined;
  for (const entry of parseTokens(text).tokens) {
    if (timingSafeEqual(hash, Buffer.from(entry.sha256, 'hex'))) found = entry;
  }
  return found;
}

function parseTokens(text: string): ApiTokens {
  try {
    return apiTokens.parse(JSON.parse(text));
  } catch {
    // The cause would repeat parts of the secret.
    throw new IssuanceError('secret-unavailable', { detail: 'the API tokens are malformed' });
  }
}

/** A new token, to be shown once, and the entry that is stored for it. */
export function newToken(
  source: string,
  allowed: readonly Scope[] = ['issue', 'read'],
): { token: string; entry: TokenEntry } {
  const token = `iob_${randomBytes(32).toString('base64url')}`;
  return { token, entry: tokenEntry(token, source, allowed) };
}

/** The stored entry of a token. */
export function tokenEntry(token: string, source: string, allowed: readonly Scope[]): TokenEntry {
  return { source, sha256: hashOf(token).toString('hex'), scopes: [...allowed] };
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
