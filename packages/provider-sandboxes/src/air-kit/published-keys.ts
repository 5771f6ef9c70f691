/**
 * The partner's public keys, fetched over HTTP from the registered JWKS URL. Not with `createRemoteJWKSet` of
 * jose, which cannot change its cache times or omit the second fetch at run time, as the switches require.
 */
import { type CryptoKey, importJWK, type JWK } from 'jose';
import { Refusal } from '../kit/refusal.ts';
import { fetchJwks, parseJwks } from './jwks-document.ts';

/** The algorithms that the provider accepts. */
export type Algorithm = 'RS256' | 'ES256';

/** How keys are fetched; the cache rules are read on every call, because they are switches. */
export interface PublishedKeysOptions {
  readonly url: string;
  readonly cacheRules: () => { readonly jwksCacheMs: number; readonly refetchUnknownKid: boolean };
}

/** The fetches, for the inspection. */
export interface PublishedKeysReport {
  readonly url: string;
  readonly fetches: number;
  readonly kids: readonly string[];
  readonly lastError: string | null;
}

/** Finds a public key; `find` throws a Refusal (401) if the JWKS or the key in it is not usable. */
export interface PublishedKeys {
  find(kid: string, algorithm: Algorithm): Promise<CryptoKey>;
  report(): PublishedKeysReport;
}

interface KeySet {
  readonly text: string;
  readonly keys: ReadonlyMap<string, JWK>;
  readonly imported: Map<string, Promise<CryptoKey>>;
  readonly askedAt: number;
}

function checkUse(key: JWK, algorithm: Algorithm): void {
  if (key.use !== undefined && key.use !== 'sig') throw new Refusal(401, 'the key is not for signatures ("use")');
  if (key.alg !== undefined && key.alg !== algorithm) throw new Refusal(401, `the key is not for ${algorithm} ("alg")`);
  const fits = algorithm === 'RS256' ? key.kty === 'RSA' : key.kty === 'EC' && key.crv === 'P-256';
  if (!fits) throw new Refusal(401, `the key's "kty" does not fit ${algorithm}`);
}

async function importKey(key: JWK, algorithm: Algorithm): Promise<CryptoKey> {
  try {
    const imported = await importJWK(key, algorithm);
    if (!(imported instanceof Uint8Array)) return imported;
  } catch {
    // Refused below, like any other unusable key.
  }
  throw new Refusal(401, 'the key in the JWKS is malformed');
}

function usableKey(set: KeySet, kid: string, algorithm: Algorithm): Promise<CryptoKey> {
  const key = set.keys.get(kid);
  if (key === undefined) throw new Refusal(401, 'kid is not in the JWKS');
  checkUse(key, algorithm);
  const known = set.imported.get(kid) ?? importKey(key, algorithm);
  set.imported.set(kid, known);
  return known;
}

interface JwksCache {
  readonly current: () => KeySet | undefined;
  readonly fresh: () => Promise<KeySet>;
  readonly report: () => PublishedKeysReport;
}

function createJwksCache(url: string): JwksCache {
  let current: KeySet | undefined;
  let pending: Promise<KeySet> | undefined;
  let fetches = 0;
  let lastError: string | null = null;

  async function load(): Promise<KeySet> {
    const askedAt = performance.now();
    fetches += 1;
    try {
      const text = await fetchJwks(url);
      // Imported keys are kept as long as the JWKS is identical: importing costs more than verifying.
      const same = text === current?.text ? current : { text, keys: parseJwks(text), imported: new Map() };
      current = { ...same, askedAt };
      lastError = null;
      return current;
    } catch (error) {
      lastError = error instanceof Error ? error.message : String(error);
      throw error;
    } finally {
      pending = undefined;
    }
  }

  return {
    current: () => current,
    fresh: () => {
      pending ??= load();
      return pending;
    },
    report: () => ({ url, fetches, kids: [...(current?.keys.keys() ?? [])], lastError }),
  };
}

/** Creates the source of published keys; nothing is fetched before the first call. */
export function createPublishedKeys(options: PublishedKeysOptions): PublishedKeys {
  const { current, fresh, report } = createJwksCache(options.url);

  async function find(kid: string, algorithm: Algorithm): Promise<CryptoKey> {
    const { jwksCacheMs, refetchUnknownKid } = options.cacheRules();
    const calledAt = performance.now();
    const known = current();
    const set = known !== undefined && calledAt - known.askedAt < jwksCacheMs ? known : await fresh();
    const stale = refetchUnknownKid && !set.keys.has(kid) && set.askedAt < calledAt;
    return await usableKey(stale ? await fresh() : set, kid, algorithm);
  }

  return { find, report };
}
