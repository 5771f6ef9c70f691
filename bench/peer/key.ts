/** The peer's signing key, kept in a file between starts. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { calculateJwkThumbprint, exportJWK, exportPKCS8, generateKeyPair, importPKCS8, type JWK } from 'jose';

export interface PeerKey {
  pem: string;
  kid: string;
  jwks: { keys: JWK[] };
}

export async function loadKey(file: string): Promise<PeerKey> {
  if (!existsSync(file)) {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    writeFileSync(file, await exportPKCS8(privateKey), { mode: 0o600 });
  }
  const pem = readFileSync(file, 'utf8');
  const { kty, n, e } = await exportJWK(await importPKCS8(pem, 'RS256', { extractable: true }));
  const bare = { kty, n, e } as JWK;
  const kid = await calculateJwkThumbprint(bare);
  return { pem, kid, jwks: { keys: [{ ...bare, kid, use: 'sig', alg: 'RS256' }] } };
}
